namespace Cleat.Trees;

/// <summary>The entries of a map, for <c>foreach</c>.</summary>
internal readonly struct EntryList(Node[] nodes, int first)
{
    private readonly Node[] nodes = nodes;

    public Enumerator GetEnumerator() => new(nodes, first);

    public struct Enumerator(Node[] nodes, int first)
    {
        private readonly Node[] nodes = nodes;
        private int next = first;

        public (int Key, int Value) Current { get; private set; }

        public bool MoveNext()
        {
            if (next < 0)
            {
                return false;
            }

            Current = (next, nodes[next].Next);
            next = nodes[Current.Value].Next;
            return true;
        }
    }
}

/// <summary>The items of a list, for <c>foreach</c>.</summary>
internal readonly struct ItemList(Node[] nodes, int first)
{
    private readonly Node[] nodes = nodes;

    public Enumerator GetEnumerator() => new(nodes, first);

    public struct Enumerator(Node[] nodes, int first)
    {
        private readonly Node[] nodes = nodes;
        private int next = first;

        public int Current { get; private set; }

        public bool MoveNext()
        {
            if (next < 0)
            {
                return false;
            }

            Current = next;
            next = nodes[next].Next;
            return true;
        }
    }
}
