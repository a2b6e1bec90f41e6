using System.Collections.Frozen;

namespace Cleat.Formats.Shell;

/// <summary>
/// Finds the image among the words of <c>docker run</c>, <c>create</c> and <c>pull</c> (docs.docker.com, CLI reference; podman and nerdctl
/// take the same and more): the first word that is neither an option nor an option's value.
/// </summary>
internal static class ContainerCommand
{
    private static readonly FrozenSet<string> Tools = FrozenSet.Create(StringComparer.Ordinal, "docker", "podman", "nerdctl");

    // the letters that take a value: -e -v -p -w -u -h -l -a -c -m
    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("evpwuhlacm");

    private static readonly FrozenSet<string> WithValue = FrozenSet.Create(
        StringComparer.Ordinal,
        "--add-host", "--annotation", "--attach", "--blkio-weight", "--blkio-weight-device", "--cap-add", "--cap-drop", "--cgroup-conf",
        "--cgroup-parent", "--cgroupns", "--cgroups", "--cidfile", "--conmon-pidfile", "--cpu-count", "--cpu-percent", "--cpu-period", "--cpu-quota",
        "--cpu-rt-period", "--cpu-rt-runtime", "--cpu-shares", "--cpus", "--cpuset-cpus", "--cpuset-mems", "--detach-keys", "--device",
        "--device-cgroup-rule", "--device-read-bps", "--device-read-iops", "--device-write-bps", "--device-write-iops", "--dns", "--dns-opt",
        "--dns-option", "--dns-search", "--domainname", "--entrypoint", "--env", "--env-file", "--expose", "--gidmap", "--gpus", "--group-add",
        "--health-cmd", "--health-interval", "--health-on-failure", "--health-retries", "--health-start-interval", "--health-start-period",
        "--health-timeout", "--hostname", "--hostuser", "--image-volume", "--init-path", "--ip", "--ip6", "--ipc", "--isolation", "--kernel-memory",
        "--label", "--label-file", "--link", "--link-local-ip", "--log-driver", "--log-opt", "--mac-address", "--memory", "--memory-reservation",
        "--memory-swap", "--memory-swappiness", "--mount", "--name", "--net", "--net-alias", "--network", "--network-alias", "--oom-score-adj",
        "--passwd-entry", "--personality", "--pid", "--pids-limit", "--platform", "--pod", "--pod-id-file", "--publish", "--pull", "--requires",
        "--restart", "--runtime", "--sdnotify", "--seccomp-policy", "--secret", "--security-opt", "--shm-size", "--stop-signal", "--stop-timeout",
        "--storage-opt", "--subgidname", "--subuidname", "--sysctl", "--systemd", "--timeout", "--tmpfs", "--tz", "--uidmap", "--ulimit", "--umask",
        "--user", "--userns", "--uts", "--variant", "--volume", "--volume-driver", "--volumes-from", "--workdir", "--arch", "--os", "--authfile",
        "--cert-dir", "--creds", "--decryption-key", "--retry", "--retry-delay");

    private static readonly FrozenSet<string> GlobalWithValue = FrozenSet.Create(
        StringComparer.Ordinal,
        "-H", "-c", "-l", "-n", "--host", "--context", "--config", "--log-level", "--tlscacert", "--tlscert", "--tlskey", "--root", "--runroot", "--url", "--connection", "--identity", "--namespace", "--address");

    /// <summary>True for a program that runs containers, with or without its folder.</summary>
    public static bool IsTool(string word) => Tools.Contains(word[(word.LastIndexOf('/') + 1)..]);

    /// <summary>The index of the image's word, or -1 when the command names none.</summary>
    /// <param name="tool">The index of the program's word.</param>
    public static int Image(IReadOnlyList<string> words, int tool)
    {
        var at = tool + 1;
        while (at < words.Count && words[at].StartsWith('-'))
        {
            at += GlobalWithValue.Contains(words[at]) ? 2 : 1;
        }

        at += at < words.Count && words[at] is "container" or "image" ? 1 : 0;
        return at < words.Count && words[at] is "run" or "create" or "pull" ? Operand(words, at + 1) : -1;
    }

    /// <summary>The index of the first word that is neither an option nor an option's value, or -1.</summary>
    public static int Operand(IReadOnlyList<string> words, int at)
    {
        while (at < words.Count && words[at].StartsWith('-'))
        {
            if (words[at] == "--")
            {
                at++;
                break;
            }

            at += TakesNext(words[at]) ? 2 : 1;
        }

        return at < words.Count ? at : -1;
    }

    private static bool TakesNext(string option)
    {
        if (option.StartsWith("--", StringComparison.Ordinal))
        {
            return WithValue.Contains(option);
        }

        // -it, -dp 80:80, -p80:80: a letter that takes a value takes what is left of the word, or the next one
        var letter = option.AsSpan(1).IndexOfAny(Letters);
        return letter >= 0 && letter == option.Length - 2;
    }
}
