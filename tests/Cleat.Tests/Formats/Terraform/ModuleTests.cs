using System.Text;
using Cleat.Formats;
using Cleat.Formats.Terraform;
using Cleat.Text;
using Cleat.Uses;

namespace Cleat.Tests.Formats.Terraform;

/// <summary>A module seen by one of its files, whose text may be newer than the one on disk.</summary>
public sealed class ModuleTests
{
    private const string Resource = "resource \"docker_container\" \"x\" {\n  image = local.web\n}\n";

    private static readonly Dictionary<string, string> OnDisk = new(StringComparer.Ordinal)
    {
        ["/m/locals.tf"] = "locals {\n  web = \"nginx:1.26\"\n}\n",
        ["/m/main.tf"] = Resource,
    };

    [Fact]
    public void What_the_text_that_is_read_declares_stands_in_the_place_of_its_file() =>
        Assert.Equal(["nginx:1.27"], Texts("locals.tf", "locals {\n  web = \"nginx:1.27\"\n}\n"));

    [Fact]
    public void A_name_that_the_text_that_is_read_no_longer_declares_has_no_value() =>
        Assert.Empty(Texts("locals.tf", "locals {\n  other = \"nginx:1.27\"\n}\n"));

    [Fact]
    public void A_newer_text_that_uses_a_name_finds_it_on_disk() =>
        Assert.Empty(Texts("main.tf", "\n" + Resource));

    [Fact]
    public void Names_are_followed_through_locals_of_other_files()
    {
        Dictionary<string, string> files = new(OnDisk, StringComparer.Ordinal) { ["/m/chain.tf"] = "locals {\n  web = local.last\n}\n" };
        files["/m/locals.tf"] = "locals {\n  last = \"nginx:1.27\"\n}\n";
        Assert.Equal(["nginx:1.27"], Texts("locals.tf", files["/m/locals.tf"], files));
    }

    [Fact]
    public void Modules_that_call_each_other_come_to_an_end()
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        for (var i = 0; i < 20; i++)
        {
            // each calls all others
            files[$"/m/m{i}/main.tf"] = "variable \"image\" {}\n" + string.Concat(Enumerable.Range(0, 20).Select(k => $"module \"m{k}\" {{\n  source = \"../m{k}\"\n  image = var.image\n}}\n"))
                + (i == 19 ? "resource \"docker_container\" \"x\" {\n  image = var.image\n}\n" : "");
        }

        files["/m/main.tf"] = "module \"a\" {\n  source = \"./m0\"\n  image = \"nginx:1.27\"\n}\n";
        Assert.Equal(["nginx:1.27"], Texts("main.tf", files["/m/main.tf"], files));
    }

    private static List<string> Texts(string name, string text, Dictionary<string, string>? files = null) =>
        [.. FileReading.Read(new SourceText(name, Encoding.UTF8.GetBytes(text)), beside: new Kept(files ?? OnDisk, "/m/" + name)).Uses.Where(u => u.Verdict == Verdict.Unpinned).Select(u => u.Text)];

    // files that are parsed once, as a run does it
    private sealed class Kept : Surroundings
    {
        private readonly FilesInMemory files;
        private readonly Dictionary<(string, Type), object?> made;
        private readonly IReadOnlyDictionary<string, string> all;
        private readonly string path;

        public Kept(IReadOnlyDictionary<string, string> all, string path, Dictionary<(string, Type), object?>? made = null)
        {
            this.all = all;
            this.path = path;
            this.made = made ?? [];
            files = new(all, path);
        }

        public override string? Path => path;

        public override IReadOnlyList<string> Files(string folder) => files.Files(folder.TrimEnd('/'));

        public override IReadOnlyList<string> Folders(string folder) => files.Folders(folder.TrimEnd('/'));

        public override SourceText? Read(string path, bool keeps = true) => files.Read(path, keeps);

        public override string? Above(string name) => files.Above(name);

        public override bool IsPrivate(string path) => false;

        public override T? Parsed<T>(string path, Func<SourceText, T> parse)
            where T : class
        {
            var key = (RelativePath.Join(RelativePath.Folder(this.path), path), typeof(T));
            if (!made.TryGetValue(key, out var value))
            {
                made[key] = value = Read(path) is { } source ? parse(source) : null;
            }

            return (T?)value;
        }

        public override T Opened<T>(string folder, Func<Surroundings, T> open)
        {
            var key = (RelativePath.Join(RelativePath.Folder(path), folder.TrimEnd('/')), typeof(T));
            if (!made.TryGetValue(key, out var value))
            {
                made[key] = value = open(In(folder));
            }

            return (T)value!;
        }

        public override Surroundings In(string folder) =>
            folder.Length == 0 ? this : new Kept(all, RelativePath.Join(RelativePath.Folder(path), folder.TrimEnd('/')) + "/-", made);
    }
}
