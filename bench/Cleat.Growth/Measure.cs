using System.Text;
using Cleat.Growth.Inputs;

namespace Cleat.Growth;

/// <summary>What one size of an input took.</summary>
/// <param name="Multiple">How many times the count of size 1.</param>
/// <param name="Bytes">What its files hold.</param>
/// <param name="Files">How many they are.</param>
/// <param name="Seconds">Processor time above that of an empty folder.</param>
/// <param name="Failure">Why there is no measure; null when there is one.</param>
internal sealed record Measure(int Multiple, long Bytes, int Files, double Seconds, long Peak, string? Failure)
{
    // a file takes as long to write as some bytes
    private const int BytesOfFile = 500;

    /// <summary>How much there is to write and to read, in bytes.</summary>
    public long Work => Bytes + ((long)Files * BytesOfFile);

    /// <param name="runs">How often it is run: the quickest counts, since what disturbs a run only makes it longer.</param>
    public static Measure Of(GrowthInput input, int multiple, string program, double startUp, TimeSpan limit, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("cleat-growth-").FullName;
        try
        {
            var (bytes, files) = Write(folder, input.Files(input.Count * multiple));
            var (seconds, peak) = (double.MaxValue, 0L);
            for (var i = 0; i < runs; i++)
            {
                var run = ProgramRun.Of(program, folder, input.Arguments, limit);
                (seconds, peak) = (Math.Min(seconds, run.Seconds), Math.Max(peak, run.Peak));
                if (run.IsTimedOut || run.ExitCode > 3)
                {
                    return new(multiple, bytes, files, seconds, peak, run.IsTimedOut ? $"no end within {limit.TotalSeconds:0} s" : $"exit code {run.ExitCode}");
                }
            }

            return new(multiple, bytes, files, Math.Max(seconds - startUp, 0), peak, null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Processor time that a run over an empty folder takes.</summary>
    public static double StartUp(string program, TimeSpan limit)
    {
        var folder = Directory.CreateTempSubdirectory("cleat-growth-").FullName;
        try
        {
            return Enumerable.Range(0, 5).Min(_ => ProgramRun.Of(program, folder, ["check"], limit).Seconds);
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static (long Bytes, int Files) Write(string folder, IEnumerable<InputFile> files)
    {
        var (bytes, count) = (0L, 0);
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using StreamWriter writer = new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            foreach (var piece in file.Text)
            {
                writer.Write(piece);
            }

            writer.Flush();
            bytes += writer.BaseStream.Length;
            count++;
        }

        return (bytes, count);
    }
}
