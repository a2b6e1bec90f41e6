using System.CommandLine;
using Cleat.Cli.Help;
using Cleat.Cli.Options;

namespace Cleat.Cli.Verbs;

/// <summary><c>cleat unpin</c>: take the digests out again.</summary>
internal static class UnpinCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("unpin", "Take the digests out again. A tag comes back where it was kept, beside the digest or in its comment.");
        CommonOptions common = new(command);
        RewriteOptions rewriting = new(command);
        ImageOptions images = new(command);
        command.SetAction((parsed, cancellation) =>
        {
            var options = common.Read(parsed, terminal);
            var mode = rewriting.Mode(parsed, options);
            Input input = new(options, terminal);
            return Task.FromResult(RewriteEnd.Finish("unpin", mode, input.Judge(cancellation).PlanUnpins(new() { Only = images.Only(parsed), Skip = images.Skip(parsed) }, cancellation), input, options, null, terminal, cancellation));
        });
        return command.WithExamples(terminal, """
            Examples:
              cleat unpin --diff
              cleat unpin k8s/web.yaml             nginx:1.27@sha256:… becomes nginx:1.27
            """);
    }
}
