using System.Security.Cryptography;
using Cleat.Configuration;
using Cleat.Files;
using Cleat.Locking;
using Cleat.Registries.Client;
using Cleat.Registries.Layouts;
using Cleat.Registries.Settings;
using Cleat.Registries.SignIn;
using Cleat.Running.Docker;
using Cleat.Running.Kubernetes;

namespace Cleat.Tests.Files;

/// <summary>Every reader of a file that steers a run, given what is no such file: it neither waits nor fills the memory, and says what is wrong.</summary>
public sealed class SettingsFileTests
{
    private static readonly Dictionary<string, Func<TemporaryTree, string, string?>> Readers = new(StringComparer.Ordinal)
    {
        ["config"] = (_, file) => ConfigFile.Read(file, out var wrong) is null ? wrong : null,
        ["lock"] = (_, file) => LockFile.Read(file, out var wrong) is null ? wrong : null,
        ["credentials"] = (_, file) => Credentials.FromEnvironment(name => name == "REGISTRY_AUTH_FILE" ? file : null).Problem,
        ["registries.conf"] = (tree, file) => Mirrors.Read(name => name == "CONTAINERS_REGISTRIES_CONF" ? file : null, new Dictionary<string, string>(), "", tree.At("etc")).Problem,
        ["authorities"] = (_, file) => new ServerCertificates(file).FileProblem,
        ["authorities of a host"] = (tree, file) => string.Join("; ", OfHost(tree, file, "ca.crt").Problems),
        ["client certificate"] = (tree, file) => string.Join("; ", OfHost(tree, file, "own.cert").Problems),
        ["tarball"] = (_, file) => OciLayout.TryOpen(LayoutTarball.Open(file), out var _, out var problem) ? null : problem,
        ["layout"] = (tree, file) =>
        {
            File.Move(file, tree.At("oci-layout"));
            return OciLayout.TryOpen(tree.Root, out var _, out var problem) ? null : problem;
        },
        ["kubeconfig"] = (_, file) => Said(() => KubeconfigFile.Read(file)),
        ["kubeconfig's certificate"] = (tree, file) => Said(() =>
        {
            tree.Write("kube", "users:\n- name: me\n  user: {client-certificate: " + file + "}\n");
            return KubeconfigFile.Read(tree.At("kube"))!.Entry("users", "me", "user")!.Data("client-certificate");
        }),
        ["docker context"] = (tree, file) =>
        {
            tree.Link(Path.Join("contexts", "meta", Convert.ToHexStringLower(SHA256.HashData("there"u8)), "meta.json"), file);
            return new EngineContexts(name => name == "DOCKER_CONFIG" ? tree.Root : null).Find(null, "there", out var problem) is null ? problem : null;
        },
        ["docker's authorities"] = (tree, file) => Said(() =>
        {
            tree.Link(Path.Join("tls", "ca.pem"), file);
            return EngineTls.In(tree.At("tls"));
        }),
        ["ignore rules"] = (tree, file) =>
        {
            File.Move(file, tree.At(".gitignore"));
            string? said = null;
            _ = GitRepository.IgnoreFile(null, tree.Root, (_, message) => said = message);
            return said;
        },
    };

    public static TheoryData<string, string> Traps()
    {
        TheoryData<string, string> all = [];
        foreach (var reader in Readers.Keys)
        {
            foreach (var kind in (string[])["pipe", "device", "folder", "huge"])
            {
                // a tarball may have any size; what else is left out is no file of that reader, and passed over
                if ((reader, kind) is not ("tarball", "huge") and not ("ignore rules", "pipe" or "device" or "folder") and not ("docker context" or "docker's authorities", "folder") and not ("layout", "device" or "folder")
                    and not ("authorities of a host" or "client certificate", "folder"))
                {
                    all.Add(reader, kind);
                }
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Traps))]
    public void What_is_no_such_file_is_refused_in_words(string reader, string kind)
    {
        using TemporaryTree tree = new();
        var file = kind == "device" ? "/dev/zero" : tree.At("trap");
        switch (kind)
        {
            case "pipe":
                tree.Run("mkfifo", "trap");
                break;
            case "folder":
                tree.Run("mkdir", "trap");
                break;
            case "huge":
                // sparse: it takes no room on the disk
                tree.Run("truncate", "--size", "20G", "trap");
                break;
            default:
                break;
        }

        var said = Readers[reader](tree, file);
        Assert.NotNull(said);
        Assert.Matches(kind switch
        {
            "folder" => "is a folder",
            "huge" => "is larger than|has more than",
            _ => "is a pipe, a socket or a device",
        }, said);
    }

    [Fact]
    public void A_folder_or_a_dead_link_in_the_configs_place_is_found_and_said()
    {
        using TemporaryTree tree = new();
        tree.Run("mkdir", ".git", ".git/x", "d", "d/.cleat.yaml", "e");
        tree.Write(".git/HEAD");
        tree.Link("e/.cleat.yaml", "nowhere");
        Assert.Null(ConfigFile.Read(Assert.IsType<string>(ConfigFile.Find(tree.At("d"))), out var folder));
        Assert.EndsWith("it is a folder, not a file", folder, StringComparison.Ordinal);
        Assert.Null(ConfigFile.Read(Assert.IsType<string>(ConfigFile.Find(tree.At("e"))), out var link));
        Assert.EndsWith("no such file", link, StringComparison.Ordinal);
        Assert.Null(ConfigFile.Find(tree.Root));
    }

    private static string? Said(Func<object?> read)
    {
        try
        {
            _ = read();
            return null;
        }
        catch (Exception e) when (e is CleatException or CryptographicException)
        {
            return e.Message;
        }
    }

    private static HostCertificates.OfOneHost OfHost(TemporaryTree tree, string file, string name)
    {
        tree.Link(Path.Join("certs.d", "r.example", name), file);
        return new HostCertificates([tree.At("certs.d")], null).Of("r.example");
    }
}
