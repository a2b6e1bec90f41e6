using System.Text;

namespace Cleat.Formats.Dockerfile;

/// <summary>A byte of an instruction or of a value, and where in the text it is written.</summary>
/// <remarks>
/// Every byte of a resolved reference is written somewhere: in the instruction, in a default inside it, or in an ARG line.
/// So the place for a digest is where the last byte comes from.
/// </remarks>
/// <param name="At">Offset into the Dockerfile's text.</param>
/// <param name="Expanded">True when it came out of, or is part of, a <c>$…</c> expression.</param>
/// <param name="Made">True for what an expression made of a value by cutting or replacing: no byte of the file stands for it.</param>
internal readonly record struct Cell(byte Byte, int At, bool Expanded = false, bool Made = false);

internal static class Cells
{
    internal static string Text(ReadOnlySpan<Cell> cells)
    {
        var bytes = new byte[cells.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = cells[i].Byte;
        }

        return Encoding.UTF8.GetString(bytes);
    }

    internal static int IndexOf(ReadOnlySpan<Cell> cells, byte wanted)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i].Byte == wanted)
            {
                return i;
            }
        }

        return -1;
    }

    internal static bool StartsWith(ReadOnlySpan<Cell> cells, ReadOnlySpan<byte> prefix)
    {
        if (cells.Length < prefix.Length)
        {
            return false;
        }

        for (var i = 0; i < prefix.Length; i++)
        {
            if (cells[i].Byte != prefix[i])
            {
                return false;
            }
        }

        return true;
    }

    internal static bool IsSpace(byte b) => b is (byte)' ' or (>= 9 and <= 13);
}
