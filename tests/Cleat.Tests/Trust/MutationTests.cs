using System.Diagnostics;
using System.Text;
using Cleat.Configuration;
using Cleat.Files;
using Cleat.Findings;
using Cleat.Formats;
using Cleat.Locking;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;
using Cleat.Run;
using Cleat.Tests.Formats;
using Cleat.Text;
using CsCheck;

namespace Cleat.Tests.Trust;

/// <summary>
/// Damaged files before every reader, with the cases of all formats as seeds: the file that is read, or one beside it, is changed; suppressions are looked
/// for in it, and it is judged. And damaged settings. None may throw; under <c>--long</c> the slowest are told.
/// </summary>
public sealed class MutationTests : IDisposable
{
    private static readonly string[] Words =
    [
        "{{", "}}", "{{ include \"a\" . }}", "${", "}", "$((", "[", "]", "{", "&a ", "*a", "<<: *a", "!!binary ", "? ", "- ", "\"", "'", "`", "'''", "\"\"\"", "\\", "\\u12", "#", "//", "/*", "*/", "<<EOF\n", "\n", "\r", "\r\n", "\t",
        "\0", "\u2028", "\uFEFF", "\u00e9", "\ud83d\ude00", "image:", "image = ", "FROM ", "# cleat: ignore[", "# cleat: ignore-file", "cleat.dev/ignore: ", "checkov.io/skip1: ", "sha256:", "@", "---\n", "...\n", "9999999999999999999", "-1", "null", "~", ": ",
        new('[', 65), new('(', 300), new('{', 300), new(' ', 500), string.Concat(Enumerable.Repeat("a.", 200)), string.Concat(Enumerable.Repeat("- ", 200)),
    ];

    private static readonly (string Folder, string[] Files)[] Cases = [.. CaseFiles.Folders().Select(f => (f, CaseFiles.Inputs(f).ToArray())).Where(c => c.Item2.Length > 0)];

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["config"] = "rules: { dynamic-image: off }\nexclude: [\"vendor/**\"]\nexempt: [ { image: \"r.example/base\", reason: \"built\", until: 2027-03-01 } ]\npin: { style: tag-digest, platform: null, min-age: 3d }\nregistries: { \"r.example\": { mirror: \"m.example\", plain-http: false, ca-file: \"c.pem\" } }\nformats: [ { name: our, files: [\"deploy/*.yml\"], paths: [\"app.image\", \"workers[].image\"] } ]\n",
        ["users"] = "registries: { r.example: { mirror: m.example } }\ntrust: [ /srv/app, ~/src/ours ]\n",
        ["lock"] = $"# What each image reference meant when it was resolved. Written by cleat; for review, not for editing.\nversion: 1\n\ndocker.io/library/nginx:1.27:\n  digest: sha256:{new string('a', 64)}\n  type: application/vnd.oci.image.index.v1+json\n  resolved: 2026-11-23T21:00:00Z\n  from: registry\n  platforms:\n    linux/amd64: sha256:{new string('b', 64)}\n",
        ["baseline"] = "{\"schema\":1,\"entries\":[{\"file\":\"a.yaml\",\"rule\":\"unpinned-image\",\"text\":\"nginx:1\",\"format\":\"kubernetes\",\"path\":\"spec.image\",\"count\":1}]}",
        ["docker"] = "{\"auths\":{\"r.example\":{\"auth\":\"YTpi\",\"identitytoken\":\"x\"}},\"credHelpers\":{\"a\":\"b\"},\"credsStore\":\"c\"}",
        ["registries.conf"] = "unqualified-search-registries = ['docker.io']\n[[registry]]\nlocation = 'r.example'\nprefix = '*.r.example'\nblocked = false\n[[registry.mirror]]\nlocation = 'm.example/x'\ninsecure = true\n",
        ["index"] = "DIRC\0\0\0\u0002\0\0\0\u0001" + new string('\0', 60) + "\0\u0005a.env\0\0\0\0\0",
    };

    private static long slowest;

    private readonly string folder = Directory.CreateTempSubdirectory("cleat-mutated-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Damaged_files_and_damaged_neighbours_are_read_without_an_accident()
    {
        Gen.ULong.Try(seed =>
        {
            Random random = new(unchecked((int)(seed ^ (seed >> 32))));
            var (name, files) = Cases[random.Next(Cases.Length)];
            var root = Path.Combine(CaseFiles.Root, name);
            Neighbours neighbours = new(TreeFiles.Of([root]), asksGit: false);
            var damaged = files[random.Next(files.Length)];
            var text = Damage(File.ReadAllBytes(Path.Combine(root, damaged)), random);
            neighbours.Hold(Path.Combine(root, damaged), new(damaged, text));
            foreach (var file in files.Length > 6 ? [damaged] : files)
            {
                var started = Stopwatch.GetTimestamp();
                SourceText source = new(file, file == damaged ? text : File.ReadAllBytes(Path.Combine(root, file)));
                var beside = neighbours.Of(Path.Combine(root, file));
                var found = FileReading.Read(source, formats: CaseFiles.Formats(name), beside: beside);
                var (judged, _) = new Judging(CleatConfig.Empty).Judge(new(file, Path.Combine(root, file), source, found, beside), null, CancellationToken.None);
                judged.Rules.Notices();
                Told(Stopwatch.GetElapsedTime(started), name);
            }
        }, iter: 3_000);
    }

    [Fact]
    public void Damaged_settings_are_read_without_an_accident()
    {
        Gen.ULong.Try(seed =>
        {
            Random random = new(unchecked((int)(seed ^ (seed >> 32))));
            var (kind, text) = Settings.ElementAt(random.Next(Settings.Count));
            Read(kind, Damage(kind == "index" ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text), random), seed);
        }, iter: 5_000);
    }

    private void Read(string kind, byte[] bytes, ulong seed)
    {
        SourceText source = new(kind, bytes);
        switch (kind)
        {
            case "config":
                Assert.True(ConfigReader.Read(source, out var wrong) is not null || wrong is not null);
                break;
            case "users":
                Assert.True(ConfigReader.ReadUsers(source, out var amiss) is not null || amiss is not null);
                break;
            case "lock":
                LockText.Read(source, out _);
                break;
            case "docker":
                DockerConfig.Parse(bytes, kind);
                break;
            case "index":
                GitIndex.Read(bytes, _ => true);
                break;
            default:
                var file = Path.Combine(folder, $"{seed}");
                File.WriteAllBytes(file, bytes);
                try
                {
                    if (kind == "baseline")
                    {
                        Baseline.Read(file);
                    }
                    else
                    {
                        RegistriesConf.Read(name => name == "CONTAINERS_REGISTRIES_CONF" ? file : null, folder).Find("r.example", "a");
                    }
                }
                catch (CleatException)
                {
                    // said in words
                }

                File.Delete(file);
                break;
        }
    }

    private static byte[] Damage(byte[] text, Random random)
    {
        List<byte> bytes = [.. text];
        for (var left = random.Next(1, 6); left > 0; left--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(bytes.Count - at, random.Next(1, 40));
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    // a piece of another case
                    var (name, files) = Cases[random.Next(Cases.Length)];
                    var other = File.ReadAllBytes(Path.Combine(CaseFiles.Root, name, files[random.Next(files.Length)]));
                    var from = random.Next(other.Length + 1);
                    bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(200))]);
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Told(TimeSpan took, string name)
    {
        var before = Interlocked.Read(ref slowest);
        while (Fuzz.IsLong && took.Ticks > before)
        {
            var now = Interlocked.CompareExchange(ref slowest, took.Ticks, before);
            if (now == before)
            {
                Console.WriteLine($"slowest so far: {took.TotalMilliseconds:0} ms, {name}, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
                return;
            }

            before = now;
        }
    }
}
