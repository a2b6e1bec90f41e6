using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cleat.Admission.Pins;
using Cleat.Admission.Reviews;

namespace Cleat.Admission.Ledgers;

/// <summary>
/// What is pinned once: an owner's revision, one of its containers, the reference as it was submitted, and as whom registries are asked. A StatefulSet or DaemonSet has one uid over
/// all its revisions, so that their hash counts, too. 128 bits of a hash: no text of a review takes room.
/// </summary>
internal readonly record struct LedgerKey(UInt128 Hash)
{
    /// <summary>The labels by which owners tell their revisions apart.</summary>
    public static readonly string[] RevisionLabels = ["pod-template-hash", "controller-revision-hash"];

    /// <summary>The key of a pod that an owner made; null for every other object.</summary>
    public static LedgerKey? Of(PinQuestion question)
    {
        var review = question.Review;
        if (review.Kind != "Pod" || review.IsUpdate || review.Controller is not { } owner || Json.Text(owner, "uid") is not { Length: > 0 } uid)
        {
            return null;
        }

        StringBuilder text = new();
        foreach (var part in (string[])[review.Namespace, uid, Revision(review)?.Hash ?? "", question.Place.List, question.Place.Name, question.Place.Text, Scope(review)])
        {
            // with lengths, so that no two keys are one text
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>The label of the revision that a pod is of, and its value; null for owners with one revision only.</summary>
    public static (string Label, string Hash)? Revision(Review review)
    {
        foreach (var label in RevisionLabels)
        {
            if (review.Label(label) is { Length: > 0 } hash)
            {
                return (label, hash);
            }
        }

        return null;
    }

    public override string ToString() => Hash.ToString("x32", CultureInfo.InvariantCulture);

    // names only: what is in the secrets may change while the revision lives
    private static string Scope(Review review)
    {
        var spec = Json.Child(review.Object, "spec") ?? default;
        return string.Join(',', Json.Items(spec, "imagePullSecrets").Select(s => Json.Text(s, "name")).Append(Json.Text(spec, "serviceAccountName")));
    }
}
