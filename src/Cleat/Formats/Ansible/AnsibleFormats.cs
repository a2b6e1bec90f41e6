using Cleat.Trees;
using Cleat.Trees.Paths;
using Cleat.Uses;

namespace Cleat.Formats.Ansible;

/// <summary>Ansible (docs.ansible.com; the collections community.docker, containers.podman, kubernetes.core): plays, tasks, and the variables of roles that name an image in them.</summary>
internal static class AnsibleFormats
{
    private static readonly string[] Container =
    [
        "docker_container", "community.docker.docker_container", "community.general.docker_container", "docker_swarm_service", "community.docker.docker_swarm_service",
        "podman_container", "containers.podman.podman_container",
    ];

    private static readonly string[] Image =
    [
        "docker_image", "community.docker.docker_image", "community.general.docker_image", "community.docker.docker_image_pull", "podman_image", "containers.podman.podman_image",
    ];

    private static readonly string[] Pods = ["**.containers[].image", "**.initContainers[].image"];

    private static readonly string[] Modules = [.. Container.Select(m => $"**.'{m}'.image"), .. Image.Select(m => $"**.'{m}'.name")];

    private static readonly PathSet PodPlaces = new(Pods);

    /// <summary>The places of a file of tasks.</summary>
    public static PathSet Places { get; } = new([.. Modules, .. Pods]);

    public static IReadOnlyList<Format> All { get; } =
    [
        new("ansible", "Ansible tasks and playbooks", "tasks/**/*.yml", "tasks/**/*.yaml", "handlers/**/*.yml", "handlers/**/*.yaml", "playbooks/**/*.yml", "playbooks/**/*.yaml", "playbook*.yml", "playbook*.yaml", "site.yml", "site.yaml")
        {
            Recognises = IsList,
            Paths = Places,
            Open = Open,
        },
        new("ansible", "Ansible variables of a role", "defaults/*.yml", "defaults/*.yaml", "defaults/main/*.yml", "defaults/main/*.yaml", "vars/*.yml", "vars/*.yaml", "vars/main/*.yml", "vars/main/*.yaml")
        {
            Claims = (_, beside) => AnsibleRole.Folder(beside) is not null,
            Read = AnsibleRole.Read,
            Where = "values that the role's tasks put into an image",
        },
    ];

    /// <summary>Plays and tasks in files of any name.</summary>
    public static Format ByContent { get; } = new("ansible", "Ansible plays and tasks, by their content", "*.yml", "*.yaml")
    {
        Signs = new() { IsList = true, MayHold = static text => text.IndexOf("hosts:"u8) >= 0 && text.IndexOf("containers:"u8) >= 0 },
        Recognises = IsPlay,
        Paths = new(Modules),
        MorePaths = static _ => PodPlaces,
        Open = Open,
    };

    internal static bool IsList(Tree tree) => tree[0].Kind == NodeKind.Sequence;

    // a play has hosts; a task has the module as a key
    private static bool IsPlay(Tree tree)
    {
        foreach (var item in tree.Items(0))
        {
            foreach (var (key, _) in tree.Entries(tree.Target(item)))
            {
                if (tree[key].Value is "hosts" or "import_playbook" or "ansible.builtin.import_playbook" || Container.Contains(tree[key].Value) || Image.Contains(tree[key].Value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Action<Place> Open(Document document)
    {
        var role = AnsibleRole.Folder(document.Beside) is { } folder ? document.Beside.Opened(folder, static around => new AnsibleRole(around)) : null;
        return place => Take(place, role);
    }

    private static void Take(Place place, AnsibleRole? role)
    {
        var (tree, match, format, sink, _) = place;
        if (place.Node.Kind != NodeKind.Scalar || tree.IsNull(match.Node) || place.Node.Value.Length == 0)
        {
            place.Judge();
        }
        else if (match.Steps.Key == "name" && NoPull(tree, match) is { } what)
        {
            sink.Add(ScalarUse.Local(format.Name, match.Steps, place.Node.Value, place.Node.Span, what));
        }
        else if (match.Steps.Key == "name" && tree.Text(match.Holder, "tag") is { } tag)
        {
            // name and tag may stand apart (docs.ansible.com, community.docker.docker_image)
            var text = place.Node.Value.Contains('@', StringComparison.Ordinal) ? place.Node.Value : $"{place.Node.Value}:{tag}";
            PinSite site = new PinSite.Nowhere("name and tag stand apart: write them as one in 'name', then pin");
            sink.Add(ScalarUse.Judged(format.Name, match.Steps, text, place.Node.Span, site, null));
        }
        else if (place.Node.Value.Contains("{{", StringComparison.Ordinal))
        {
            new AnsibleVariables(tree, role).Add(place);
        }
        else
        {
            place.Judge();
        }
    }

    /// <summary>True for a place whose image is pulled.</summary>
    internal static bool IsPulled(Tree tree, Match match) => match.Steps.Key != "name" || (NoPull(tree, match) is null && tree.Child(match.Holder, "tag") < 0);

    // what the module makes, finds on the machine or takes away is no image that is pulled
    private static string? NoPull(Tree tree, Match match)
    {
        var holder = match.Holder;
        return tree.Text(holder, "state") is "absent" ? "it is taken away here"
            : tree.Text(holder, "state") is "build" || Has("path") || Has("build") || tree.Text(holder, "source") is "build" ? "it is built here"
            : tree.Text(holder, "source") is "load" || Has("load_path") ? "it is loaded from a file"
            : tree.Text(holder, "source") is "local" ? "it is on the machine already"
            : null;

        bool Has(string key) => tree.Child(holder, key) is var node and >= 0 && !tree.IsNull(node);
    }
}
