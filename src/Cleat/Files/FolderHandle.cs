using Microsoft.Win32.SafeHandles;

namespace Cleat.Files;

/// <summary>A folder that is open, from <see cref="NativeMethods"/>.</summary>
internal sealed class FolderHandle : SafeHandleMinusOneIsInvalid
{
    public FolderHandle(int opened)
        : base(ownsHandle: true) => SetHandle(opened);

    protected override bool ReleaseHandle()
    {
        NativeMethods.Close((int)handle);
        return true;
    }
}
