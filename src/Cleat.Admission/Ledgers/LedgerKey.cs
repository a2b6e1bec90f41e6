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
    /// <summary>The key of a pod that an owner made; null for every other object.</summary>
    public static LedgerKey? Of(PinQuestion question)
    {
        var from = question.From;
        if (!from.IsNewPod || from.Owner is not { } owner)
        {
            return null;
        }

        StringBuilder text = new();
        foreach (var part in (string[])[from.Namespace, owner.Uid, from.Revision?.Hash ?? "", question.Place.List, question.Place.Name, question.Place.Text, Scope(from)])
        {
            // with lengths, so that no two keys are one text
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()), hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    public override string ToString() => Hash.ToString("x32", CultureInfo.InvariantCulture);

    // names only: what is in the secrets may change while the revision lives
    private static string Scope(Submitter from) => string.Join(',', [.. from.PullSecrets, from.ServiceAccount]);
}
