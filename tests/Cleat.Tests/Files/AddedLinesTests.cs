using System.Text;
using Cleat.Files;

namespace Cleat.Tests.Files;

public sealed class AddedLinesTests
{
    [Fact]
    public void Lines_are_counted_and_content_that_looks_like_a_header_is_none()
    {
        const string Diff = """
            diff --git a/one.yaml b/one.yaml
            --- a/one.yaml
            +++ b/one.yaml
            @@ -3,0 +4,2 @@ spec:
            +++ b/not.yaml
            +@@ -1,0 +1,9 @@
            @@ -10 +13 @@
            -old
            \ No newline at end of file
            +new
            \ No newline at end of file
            @@ -20,3 +22,0 @@
            --- a/gone
            --- b
            --- c
            diff --git a/gone.yaml b/gone.yaml
            --- a/gone.yaml
            +++ /dev/null
            @@ -1 +0,0 @@
            -x
            diff --git a/a b.yaml b/a b.yaml
            --- a/a b.yaml	
            +++ b/a b.yaml	
            @@ -0,0 +1,3 @@
            +x
            +y
            +z
            diff --git "a/q\"\t.yaml" "b/q\"\t.yaml"
            --- "a/q\"\t.yaml"
            +++ "b/q\"\t\303\244.yaml"
            @@ -0,0 +1 @@
            +x

            """;
        var files = AddedLines.Read(Encoding.UTF8.GetBytes(Diff));
        Assert.Equal(["a b.yaml", "one.yaml", "q\"\tä.yaml"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([(4, 5), (13, 13)], files["one.yaml"]);
        Assert.Equal([(1, 3)], files["a b.yaml"]);
        Assert.Equal([(1, 1)], files["q\"\tä.yaml"]);
    }
}
