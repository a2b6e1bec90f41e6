using System.Text;
using System.Xml;
using Cleat.Text;

namespace Cleat.Formats.MSBuild;

/// <summary>A property of an MSBuild project: an element in a <c>PropertyGroup</c>.</summary>
/// <param name="Text">Its value, decoded, without the white space around it.</param>
/// <param name="Span">Where that is written.</param>
/// <param name="IsPlain">The bytes of the span are the value: no entity, no CDATA, no comment in it.</param>
internal readonly record struct ProjectProperty(string Name, string Text, TextSpan Span, bool IsPlain);

/// <summary>Reads the properties of a project. The XML reader sees one character for each byte, so that its positions are the file's.</summary>
internal static class ProjectProperties
{
    // a byte from 0x80 on becomes an ideograph: XML takes those in names and in text
    private const char FirstWide = '\u4E00';

    public static List<ProjectProperty> Read(SourceText source, out ReadProblem? problem)
    {
        List<ProjectProperty> properties = [];
        problem = null;
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using StringReader text = new(Wide(source.Span[source.BomLength..]));
        using var reader = XmlReader.Create(text, settings);
        try
        {
            List<string> open = [];
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement)
                {
                    open.Add(reader.LocalName);
                }
                else if (reader.NodeType == XmlNodeType.EndElement)
                {
                    open.RemoveAt(open.Count - 1);
                }
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && open is [.., "PropertyGroup", var name])
                {
                    properties.Add(Property(source, reader, name));
                }
            }
        }
        catch (XmlException e)
        {
            problem = new(Offset(source, e.LineNumber, e.LinePosition), "not well-formed XML, and so not read from here on");
        }

        return properties;
    }

    private static ProjectProperty Property(SourceText source, XmlReader reader, string name)
    {
        var info = (IXmlLineInfo)reader;
        var start = Offset(source, info.LineNumber, info.LinePosition);
        var rest = source.Span[start..];
        var stop = rest.IndexOf("<"u8);
        var raw = stop < 0 ? rest : rest[..stop];
        var isPlain = reader.NodeType == XmlNodeType.Text && raw.IndexOf((byte)'&') < 0
            && rest[raw.Length..].StartsWith("</"u8) && source.Span[..start].EndsWith(">"u8) && !source.Span[..start].EndsWith("->"u8);
        var lead = raw.Length - raw.TrimStart(" \t\r\n"u8).Length;
        return new(Narrow(name), Narrow(reader.Value).Trim(), new(start + lead, raw.Trim(" \t\r\n"u8).Length), isPlain);
    }

    private static string Wide(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length);
        foreach (var b in bytes)
        {
            text.Append((char)(b < 0x80 ? b : FirstWide + b));
        }

        return text.ToString();
    }

    private static string Narrow(string text) =>
        Encoding.UTF8.GetString([.. text.Select(c => c < 0x80 ? (byte)c : c is >= FirstWide and <= (char)(FirstWide + 0xFF) ? (byte)(c - FirstWide) : (byte)'?')]);

    private static int Offset(SourceText source, int line, int column)
    {
        var start = source.Lines.Start(Math.Clamp(line, 1, source.Lines.Count));
        return Math.Clamp(start + column - 1 + (line == 1 ? source.BomLength : 0), 0, source.Bytes.Length);
    }
}
