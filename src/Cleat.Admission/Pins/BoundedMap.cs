using System.Diagnostics.CodeAnalysis;

namespace Cleat.Admission.Pins;

/// <summary>A map that keeps what was used last: when the young half is full, the old half is dropped. Safe for many at once.</summary>
internal sealed class BoundedMap<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private Dictionary<TKey, TValue> young = [];
    private Dictionary<TKey, TValue> old = [];

    public int Count => young.Count + old.Count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (gate)
        {
            if (young.TryGetValue(key, out value))
            {
                return true;
            }

            if (!old.Remove(key, out value))
            {
                return false;
            }

            Put(key, value);
            return true;
        }
    }

    public void Set(TKey key, TValue value)
    {
        lock (gate)
        {
            old.Remove(key);
            Put(key, value);
        }
    }

    /// <summary>Sets what is not there yet.</summary>
    /// <returns>What is there now.</returns>
    public TValue GetOrSet(TKey key, TValue value)
    {
        lock (gate)
        {
            if (young.TryGetValue(key, out var held))
            {
                return held;
            }

            if (old.Remove(key, out held))
            {
                value = held;
            }

            Put(key, value);
            return value;
        }
    }

    public void Remove(TKey key)
    {
        lock (gate)
        {
            young.Remove(key);
            old.Remove(key);
        }
    }

    private void Put(TKey key, TValue value)
    {
        if (young.Count >= most / 2)
        {
            // its room is used again
            (old, young) = (young, old);
            young.Clear();
        }

        young[key] = value;
    }
}
