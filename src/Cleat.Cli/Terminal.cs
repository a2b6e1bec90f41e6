using System.Diagnostics.CodeAnalysis;
using System.Text;
using Cleat.Text;

namespace Cleat.Cli;

/// <summary>Where a run reads from and writes to: data goes to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
/// <param name="OutIsTerminal">A person looks at the output: colour is welcome.</param>
/// <param name="ErrorIsTerminal">A person looks at the messages: a progress line is welcome.</param>
internal sealed record Terminal(Stream In, Stream Out, TextWriter Error, bool OutIsTerminal, bool ErrorIsTerminal)
{
    /// <summary>Safe for whatever is written: <see cref="PrintableWriter"/>.</summary>
    public TextWriter Error { get; } = TextWriter.Synchronized(new PrintableWriter(Error, codes: ErrorIsTerminal));

    /// <summary>Columns for text that is wrapped: those of the terminal, else 80.</summary>
    public int Width => OutIsTerminal && Console.WindowWidth is > 20 and var width ? width : 80;

    public static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false);

#pragma warning disable CA2000 // the streams are the process's own and live as long as it does
    public static Terminal OfProcess() => new(
        StandardStreams.In(),
        StandardStreams.Out(),
        StandardStreams.Error(),
        !Console.IsOutputRedirected,
        !Console.IsErrorRedirected);
#pragma warning restore CA2000

    /// <summary>Says one line on <see cref="Error"/>; what stands in it may be foreign, and stays on its line.</summary>
    public void Say(string line) => Error.WriteLine(PrintableText.Of(line));

    /// <summary>A writer of text for people on <see cref="Out"/>; dispose it to flush, the stream stays open.</summary>
    public TextWriter Text() => Text(Out);

    /// <summary>A writer of text for people on a stream; dispose it to flush, the stream stays open.</summary>
    /// <param name="color">True to let colours pass.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "What is returned owns it.")]
    public static TextWriter Text(Stream stream, bool color = false) => new PrintableWriter(new StreamWriter(stream, Utf8, bufferSize: 64 * 1024, leaveOpen: true), codes: color, owns: true);
}
