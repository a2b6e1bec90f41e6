using System.Globalization;
using Cleat.Files;
using Cleat.Formats;
using Cleat.Running;
using Cleat.Text;

namespace Cleat.Cli.Verbs;

/// <summary>Finds the line of the compose file that made a container, where the file that its labels name is on this machine.</summary>
internal static class ComposeSource
{
    /// <summary>The use with <c>file:line</c> in place of each file where that line could be found.</summary>
    public static RunningUse With(RunningUse use) =>
        use.Places.Count == 0 ? use : use with { Places = [.. use.Places.Select(file => Line(file, use) is { } line ? string.Create(CultureInfo.InvariantCulture, $"{file}:{line}") : file)] };

    private static int? Line(string file, RunningUse use)
    {
        if (!Path.IsPathFullyQualified(file) || FileReader.Read(file) is not { Succeeded: true } read)
        {
            return null;
        }

        SourceText source = new(file, read.Bytes);
        var path = $"services.{use.Workload.Name}.image";
        return FileReading.Read(source, named: true).Uses.FirstOrDefault(u => u.Path == path && u.Text == use.Use.Text) is { } found ? source.Position(found.Span.Start).Line : null;
    }
}
