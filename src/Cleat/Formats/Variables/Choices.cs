namespace Cleat.Formats.Variables;

/// <summary>
/// The choices that make one way in which a text may come out: the entry of a matrix, the rule that matches, what a caller gives or the default.
/// A text is read once for each way: a choice is made when it is first asked for, in the same order each time, and <see cref="Next"/> takes the next.
/// </summary>
internal sealed class Choices
{
    /// <summary>More combinations of several choices than this are not looked at: the file is said to be too wide for that.</summary>
    public const int Most = 4_096;

    private readonly List<(object Key, int Taken, int Count)> made = [];
    private readonly Dictionary<object, int> taken = [];
    private int ways = 1;

    /// <summary>True when the choices made do not go together: nothing comes of this way.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>The number of the alternative that is taken this time.</summary>
    /// <param name="key">What is chosen: asked for again it is the same choice.</param>
    /// <param name="count">How many there are; at least one.</param>
    public int Take(object key, int count)
    {
        if (!taken.TryGetValue(key, out var choice))
        {
            taken.Add(key, choice = 0);
            made.Add((key, 0, count));
        }

        return choice;
    }

    /// <summary>The alternative that is taken this time, or null when nothing has asked for the choice.</summary>
    public int? Taken(object key) => taken.TryGetValue(key, out var choice) ? choice : null;

    /// <summary>Says that the choices made do not go together.</summary>
    public void Drop() => IsDropped = true;

    /// <summary>Every way in which a text comes out.</summary>
    /// <param name="read">Reads the text, asking for choices as it goes.</param>
    /// <param name="written">The text, for saying that there are too many.</param>
    public static IEnumerable<Assembled> All(Func<Choices, Assembled> read, string written) => All(read, why =>
    {
        Assembled rest = new();
        rest.AddUnknown(written, why);
        return rest;
    });

    /// <summary>The same for what is no assembled text.</summary>
    /// <param name="rest">What stands for all ways that are too many to be looked at, given what to say of them.</param>
    public static IEnumerable<T> All<T>(Func<Choices, T> read, Func<string, T> rest)
    {
        Choices choices = new();
        do
        {
            var one = read(choices);
            if (!choices.IsDropped)
            {
                yield return one;
            }
        }
        while (choices.Next());

        if (choices.made.Count > 0)
        {
            yield return rest($"more than {Most} combinations: write fewer, or name the image in one value");
        }
    }

    private bool Next()
    {
        IsDropped = false;
        if (++ways > Most && made.Count(choice => choice.Count > 1) > 1)
        {
            return false;
        }

        while (made.Count > 0)
        {
            var (key, last, count) = made[^1];
            if (last + 1 < count)
            {
                made[^1] = (key, last + 1, count);
                taken[key] = last + 1;
                return true;
            }

            made.RemoveAt(made.Count - 1);
            taken.Remove(key);
        }

        return false;
    }
}
