using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Cleat.Admission.Pins;

namespace Cleat.Admission.Hosting;

/// <summary>What is counted, as Prometheus reads it (text format 0.0.4). No label names an image, a namespace or a user: their number has no bound.</summary>
internal sealed class Metrics
{
    // as the API server's own for webhooks, with finer ones below
    private static readonly double[] Bounds = [0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 10];

    private readonly ConcurrentDictionary<(string Name, string Labels), StrongCounter> counters = new();
    private readonly ConcurrentDictionary<string, Histogram> histograms = new();
    private readonly ConcurrentDictionary<string, Func<double>> gauges = new();

    private static readonly Dictionary<string, string> Help = new(StringComparer.Ordinal)
    {
        ["cleat_admission_reviews_total"] = "Reviews answered.",
        ["cleat_admission_review_duration_seconds"] = "Time to answer a review.",
        ["cleat_admission_images_pinned_total"] = "Images that got a digest, by where it was taken from.",
        ["cleat_admission_images_unpinned_total"] = "Images admitted without a digest, by cause.",
        ["cleat_admission_skipped_total"] = "Objects and images left alone, by cause.",
        ["cleat_admission_violations_total"] = "Images without a digest that /validate saw.",
        ["cleat_ledger_lookups_total"] = "Look-ups of what a revision got before.",
        ["cleat_resolve_requests_total"] = "Questions to registries, by how they ended.",
        ["cleat_resolve_duration_seconds"] = "Time of a question to a registry.",
        ["cleat_cache_entries"] = "Tags that are remembered.",
        ["cleat_certificate_expiry_timestamp_seconds"] = "When the serving certificate ends (Unix time).",
        ["cleat_certificate_reloads_total"] = "Changes of the certificate's files, by how they ended.",
        ["cleat_redis_errors_total"] = "Questions to Redis that failed.",
        ["cleat_events_dropped_total"] = "Events that were not written.",
        ["cleat_build_info"] = "1, with the version.",
    };

    public void Reviewed(string webhook, string operation, string result) =>
        Count("cleat_admission_reviews_total", $"webhook=\"{webhook}\",operation=\"{(operation is "CREATE" or "UPDATE" ? operation : "other")}\",result=\"{result}\"");

    public void Pinned(PinSource source) => Count("cleat_admission_images_pinned_total", PinnedLabels[(int)source]);

    public void Unpinned(PinCause cause) => Count("cleat_admission_images_unpinned_total", UnpinnedLabels[(int)cause]);

    /// <param name="cause">One of a fixed set of words.</param>
    public void Skipped(string cause) => Count("cleat_admission_skipped_total", $"cause=\"{cause}\"");

    public void Violation(bool refused) => Count("cleat_admission_violations_total", refused ? "action=\"refused\"" : "action=\"warned\"");

    public void Ledger(string result) => Count("cleat_ledger_lookups_total", $"result=\"{result}\"");

    public void Count(string name, string labels = "") => counters.GetOrAdd((name, labels), static _ => new()).Add();

    public void Time(string name, TimeSpan time) => histograms.GetOrAdd(name, static _ => new()).Add(time.TotalSeconds);

    public void Gauge(string name, Func<double> now) => gauges[name] = now;

    public long Value(string name, string labels) => counters.TryGetValue((name, labels), out var counter) ? counter.Value : 0;

    public string Text()
    {
        StringBuilder text = new();
        foreach (var family in counters.OrderBy(c => c.Key.Name, StringComparer.Ordinal).ThenBy(c => c.Key.Labels, StringComparer.Ordinal).GroupBy(c => c.Key.Name))
        {
            Head(text, family.Key, "counter");
            foreach (var ((name, labels), counter) in family)
            {
                Line(text, name, labels, counter.Value);
            }
        }

        foreach (var (name, now) in gauges.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Head(text, name.Split('{')[0], "gauge");
            Line(text, name, "", now());
        }

        foreach (var (name, histogram) in histograms.OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            Head(text, name, "histogram");
            histogram.Write(text, name);
        }

        return text.ToString();
    }

    private static readonly string[] PinnedLabels = [.. Enum.GetNames<PinSource>().Select(n => $"source=\"{n.ToLowerInvariant()}\"")];
    private static readonly string[] UnpinnedLabels = [.. Enum.GetNames<PinCause>().Select(n => $"cause=\"{n.ToLowerInvariant()}\"")];

    private static void Head(StringBuilder text, string name, string type) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Help.GetValueOrDefault(name, name)}\n# TYPE {name} {type}\n");

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

    private sealed class StrongCounter
    {
        private long value;

        public long Value => Interlocked.Read(ref value);

        public void Add() => Interlocked.Increment(ref value);
    }

    private sealed class Histogram
    {
        private readonly Lock gate = new();
        private readonly long[] counts = new long[Bounds.Length + 1];
        private double sum;

        public void Add(double seconds)
        {
            var i = 0;
            while (i < Bounds.Length && seconds > Bounds[i])
            {
                i++;
            }

            lock (gate)
            {
                counts[i]++;
                sum += seconds;
            }
        }

        public void Write(StringBuilder text, string name)
        {
            lock (gate)
            {
                long all = 0;
                for (var i = 0; i <= Bounds.Length; i++)
                {
                    all += counts[i];
                    Line(text, name + "_bucket", $"le=\"{(i < Bounds.Length ? Bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf")}\"", all);
                }

                Line(text, name + "_sum", "", sum);
                Line(text, name + "_count", "", all);
            }
        }
    }
}
