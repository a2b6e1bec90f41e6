namespace Cleat.Formats.Helm.Templates;

/// <summary>A template that cannot be read or rendered, and where.</summary>
internal sealed class TemplateException : FormatException
{
    public TemplateException()
    {
    }

    public TemplateException(string message)
        : base(message)
    {
    }

    public TemplateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public TemplateException(int at, string message)
        : base(message) => At = at;

    /// <summary>In bytes.</summary>
    public int At { get; }

    /// <summary>It is not the template that is wrong: it asks for more than is given to one.</summary>
    public bool IsLimit { get; init; }
}
