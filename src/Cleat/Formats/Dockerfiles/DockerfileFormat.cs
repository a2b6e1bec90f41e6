namespace Cleat.Formats.Dockerfiles;
internal static class DockerfileFormat
{
    internal static bool ClaimsName(ReadOnlySpan<char> fileName) => fileName is "Dockerfile";
    internal static void Read(ReadOnlyMemory<byte> text, OffsetMap map, string formatName, string pathPrefix, UseSink sink) { }
}
