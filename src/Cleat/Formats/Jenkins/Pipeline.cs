using Cleat.Formats.Code;
using Cleat.Formats.Dockerfile;
using Cleat.Trees.Paths;

namespace Cleat.Formats.Jenkins;

/// <summary>
/// Finds the images of a Jenkins pipeline: the agents of the declarative syntax (jenkins.io, "Pipeline Syntax", agent), the
/// <c>docker</c> variable and <c>withDockerContainer</c> of the Docker Pipeline plugin, <c>containerTemplate</c> and the pod YAML of
/// the Kubernetes plugin.
/// </summary>
internal sealed class Pipeline
{
    private readonly Reading reading;
    private readonly Tokens tokens;
    private readonly PipelineVariables variables;
    private readonly Registry registry;
    private readonly PodYaml pods;
    private readonly List<Mention> mentions = [];
    private readonly HashSet<string> built = new(StringComparer.Ordinal);

    private Pipeline(Reading reading)
    {
        this.reading = reading;
        tokens = Tokens.Read(reading.Source, CodeSyntax.Groovy);
        pods = new PodYaml(reading);
        variables = new PipelineVariables(reading.Source, tokens);
        registry = new Registry(tokens, variables);
    }

    public static void Read(Reading reading)
    {
        Pipeline pipeline = new(reading);
        pipeline.Find();
        CodeText.Place(reading, pipeline.mentions);
        if (pipeline.tokens.Unclosed >= 0)
        {
            reading.Sink.Problem(pipeline.tokens.Unclosed, "a string or comment that begins here is not closed: what follows may be misread");
        }
    }

    private void Find()
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            if (IsMember(i, "build") && Argument(i + 3) is var name && tokens[name].Kind == TokenKind.Text)
            {
                built.Add(tokens.Slice(name));
            }
        }

        for (var i = 0; i < tokens.Count; i++)
        {
            if (IsMember(i, "withRegistry"))
            {
                registry.Enter(i + 3);
            }
            else if (IsMember(i, "image"))
            {
                Image(Argument(i + 3), "docker.image", IsPushed(i + 3), registry.At(i));
            }
            else if (tokens.IsWord(i, "docker") && tokens[i + 1].Kind == TokenKind.Text && StartsStatement(i))
            {
                Image(i + 1, "docker", false);
            }
            else if (tokens.IsWord(i, "docker") || tokens.IsWord(i, "dockerContainer") || tokens.IsWord(i, "containerTemplate") || tokens.IsWord(i, "withDockerContainer"))
            {
                Holder(i);
            }
            else if (tokens.IsWord(i, "yaml"))
            {
                Pod(i);
            }
            else if (tokens.IsWord(i, "yamlFile"))
            {
                PodFile(i);
            }
        }
    }

    // `docker { image 'x' }`, `containerTemplate(name: 'y', image: 'x')`, `withDockerContainer('x')`
    private void Holder(int word)
    {
        var path = tokens.Slice(word);
        var open = word + 1;
        if (tokens.IsMark(open, '{'))
        {
            Named(open, tokens.Close(open), path, ' ');
        }
        else if (tokens.IsMark(open, '(') || tokens.IsWord(open, "image"))
        {
            var end = tokens.IsMark(open, '(') ? tokens.Close(open) : tokens.ExpressionEnd(open, stopsAtBreak: true);
            if (!Named(tokens.IsMark(open, '(') ? open : word, end, path, ':') && path == "withDockerContainer")
            {
                Image(Argument(open), path, false);
            }
        }
        else if (path == "withDockerContainer" && tokens[open].Kind == TokenKind.Text)
        {
            Image(open, path, false);
        }
    }

    // the argument `image` between two brackets, not deeper
    private bool Named(int open, int close, string path, char mark)
    {
        for (var i = open + 1; i < close; i++)
        {
            if (tokens.IsWord(i, "image") && !tokens.IsMark(i - 1, '.') && (mark == ' ' || tokens.IsMark(i + 1, mark)))
            {
                Image(mark == ' ' ? Argument(i + 1) : tokens.SkipBreaks(i + 2), path + ".image", false, path == "docker" ? Beside(open, close, mark) : null);
                return true;
            }

            i = tokens.IsMark(i, '(') || tokens.IsMark(i, '{') || tokens.IsMark(i, '[') ? tokens.Close(i) : i;
        }

        return false;
    }

    // registryUrl in the same block
    private Expansion? Beside(int open, int close, char mark)
    {
        for (var i = open + 1; i < close; i++)
        {
            if (tokens.IsWord(i, "registryUrl") && (mark == ' ' || tokens.IsMark(i + 1, mark)))
            {
                return registry.Host(mark == ' ' ? Argument(i + 1) : tokens.SkipBreaks(i + 2));
            }

            i = tokens.IsMark(i, '(') || tokens.IsMark(i, '{') || tokens.IsMark(i, '[') ? tokens.Close(i) : i;
        }

        return null;
    }

    private void Image(int start, string path, bool isPushed, Expansion? host = null)
    {
        var end = tokens.ExpressionEnd(start, stopsAtBreak: true);
        if (end <= start)
        {
            return;
        }

        var span = tokens.SpanOf(start, end);
        var written = reading.Source.Slice(span);
        if (end == start + 1 && tokens[start].Kind == TokenKind.Text)
        {
            Text(start, path, isPushed, host);
        }
        else if (host is null && variables.Bare(written, path, span).ToList() is { Count: > 0 } ways)
        {
            mentions.AddRange(ways);
        }
        else
        {
            reading.Sink.Add(DynamicUse.Of(reading.Format.Name, Steps.Of(path), written, span, $"{written} is not known here"));
        }
    }

    private void Text(int token, string path, bool isPushed, Expansion? host)
    {
        var (text, span) = (tokens.Slice(token), tokens[token].Span);
        if (isPushed || built.Contains(text))
        {
            var what = isPushed ? "it is pushed here: this names what was built" : "it is built here";
            reading.Sink.Add(ScalarUse.Local(reading.Format.Name, Steps.Of(path), text, span, what));
        }
        else if (span.Length > 0)
        {
            mentions.AddRange(variables.Text(tokens[token], path, host));
        }
    }

    private void Pod(int word)
    {
        var i = word + 1;
        i += tokens.IsMark(i, ':') || tokens.IsMark(i, '(') || tokens.IsMark(i, '=') ? 1 : 0;
        i = tokens.SkipBreaks(i);
        if (tokens[i] is { Kind: TokenKind.Text } text)
        {
            pods.Read(text);
        }
    }

    private void PodFile(int word)
    {
        var i = word + 1;
        i = tokens.SkipBreaks(tokens.IsMark(i, ':') || tokens.IsMark(i, '(') || tokens.IsMark(i, '=') ? i + 1 : i);
        if (tokens[i] is { Kind: TokenKind.Text } text)
        {
            pods.ReadFile(text);
        }
    }

    private bool IsMember(int i, string member) =>
        tokens.IsWord(i, "docker") && tokens.IsMark(i + 1, '.') && tokens.IsWord(i + 2, member);

    // docker.image('x').push()
    private bool IsPushed(int open)
    {
        var close = tokens.IsMark(open, '(') ? tokens.Close(open) : -1;
        return close >= 0 && tokens.IsMark(close + 1, '.') && tokens.IsWord(close + 2, "push");
    }

    private int Argument(int i) => tokens.SkipBreaks(tokens.IsMark(i, '(') ? i + 1 : i);

    private bool StartsStatement(int i) =>
        tokens[i - 1].Kind is TokenKind.Break or TokenKind.End || tokens.IsMark(i - 1, '{') || tokens.IsMark(i - 1, ';');
}
