namespace Cleat;

/// <summary>What was asked for cannot be: a config or a lock that is wrong, a revision that git does not know, a folder that is no layout. Nothing was done.</summary>
/// <remarks>The message is one line for people: where (file:line:column, where there is such a place), what, and what to do next.</remarks>
public sealed class CleatException : Exception
{
    public CleatException()
    {
    }

    public CleatException(string message)
        : base(message)
    {
    }

    public CleatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
