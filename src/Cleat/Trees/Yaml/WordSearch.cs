using System.Runtime.CompilerServices;
using Cleat.Trees.Paths;

namespace Cleat.Trees.Yaml;

/// <summary>Which words stand in a text: many formats ask for the same few, and each look is a walk through all of it.</summary>
internal ref struct WordSearch(ReadOnlySpan<byte> text)
{
    private const int Most = 16;

    private readonly ReadOnlySpan<byte> text = text;
    private Asked asked;
    private Answers answers;
    private int count;
    private bool? hasEscapedKey;
    private bool? areKubernetes;
    private bool? areDefinition;

    private enum Question : byte
    {
        Word,
        Key,
        KeyOfScalar,
    }

    public readonly ReadOnlySpan<byte> Text => text;

    /// <summary>True when a key is written with escapes, so that its word need not stand there.</summary>
    public bool HasEscapedKey => hasEscapedKey ??= YamlDocuments.HasEscapedKey(text);

    /// <summary>As <see cref="YamlDocuments.IsKubernetes"/> answers.</summary>
    public bool AreKubernetes => areKubernetes ??= YamlDocuments.IsKubernetes(text);

    /// <summary>As <see cref="YamlDocuments.IsDefinition"/> answers, of a text with no further document behind.</summary>
    public bool AreDefinition => areDefinition ??= YamlDocuments.IsDefinition(text) && YamlDocuments.End(text, 0) == text.Length;

    /// <param name="word">The same array for the same word: from <see cref="PathWords"/>.</param>
    public bool Holds(byte[] word) => Ask(word, Question.Word);

    /// <summary>As <see cref="YamlDocuments.MayHold(ReadOnlySpan{byte}, ReadOnlySpan{byte}, bool)"/> answers.</summary>
    public bool HoldsKey(byte[] key, bool scalar) => Ask(key, scalar ? Question.KeyOfScalar : Question.Key);

    private bool Ask(byte[] word, Question question)
    {
        for (var i = 0; i < count; i++)
        {
            if (ReferenceEquals(asked[i], word) && answers[i].Question == question)
            {
                return answers[i].Yes;
            }
        }

        var yes = question == Question.Word ? text.IndexOf(word) >= 0 : YamlDocuments.MayHold(text, word, question == Question.KeyOfScalar);
        if (count < Most)
        {
            asked[count] = word;
            answers[count++] = (question, yes);
        }

        return yes;
    }

    [InlineArray(Most)]
    private struct Asked
    {
        private byte[]? first;
    }

    [InlineArray(Most)]
    private struct Answers
    {
        private (Question Question, bool Yes) first;
    }
}
