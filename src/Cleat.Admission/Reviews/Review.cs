using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Cleat.Admission.Reviews;

/// <summary>What the API server asks (admission.k8s.io/v1 AdmissionReview). Anybody who reaches the port may have written it: nothing in it is trusted.</summary>
internal sealed class Review : IDisposable
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    private readonly JsonDocument document;
    private readonly JsonElement request;

    private Review(JsonDocument document, JsonElement request, string uid)
    {
        this.document = document;
        this.request = request;
        Uid = uid;
        ApiVersion = Json.Text(document.RootElement, "apiVersion") ?? "admission.k8s.io/v1";
        Kind = Json.Text(Json.Child(request, "kind") ?? default, "kind") ?? "";
        Namespace = Json.Text(request, "namespace") ?? "";
        Name = Json.Text(request, "name") ?? "";
        Operation = Json.Text(request, "operation") ?? "";
        SubResource = Json.Text(request, "subResource") ?? "";
        IsDryRun = Json.IsTrue(request, "dryRun");
        Object = Json.Child(request, "object") ?? default;
        OldObject = Json.Child(request, "oldObject") ?? default;
    }

    /// <summary>Version of the question, which the answer must have, too.</summary>
    public string ApiVersion { get; }

    public string Uid { get; }

    /// <summary>Of the object, as it was converted for the webhook's rule.</summary>
    public string Kind { get; }

    /// <summary>Of the request: a pod that a controller makes need not say its own.</summary>
    public string Namespace { get; }

    /// <summary>Empty for what gets a generated name.</summary>
    public string Name { get; }

    public string Operation { get; }

    public string SubResource { get; }

    public bool IsDryRun { get; }

    /// <summary>Undefined when there is none.</summary>
    public JsonElement Object { get; }

    public JsonElement OldObject { get; }

    public bool IsUpdate => Operation == "UPDATE";

    public JsonElement Metadata => Json.Child(Object, "metadata") ?? default;

    /// <summary>True when a kubelet says what it runs by itself (kubernetes.io/config.mirror): to change that makes it loop.</summary>
    public bool IsMirror => Annotation("kubernetes.io/config.mirror") is not null;

    /// <summary>True when a node is said to ask.</summary>
    public bool IsOfNode => Json.Text(Json.Child(request, "userInfo") ?? default, "username")?.StartsWith("system:node:", StringComparison.Ordinal) == true;

    /// <summary>The owner that controls the object, as the object says; null when it says none.</summary>
    public JsonElement? Controller
    {
        get
        {
            foreach (var owner in Json.Items(Metadata, "ownerReferences"))
            {
                if (Json.IsTrue(owner, "controller"))
                {
                    return owner;
                }
            }

            return null;
        }
    }

    public string? Annotation(string name) => Json.Text(Json.Child(Metadata, "annotations") ?? default, name);

    public string? Label(string name) => Json.Text(Json.Child(Metadata, "labels") ?? default, name);

    /// <summary>Reads a review.</summary>
    /// <param name="problem">Why it is none.</param>
    public static bool TryRead(ReadOnlySequence<byte> body, [NotNullWhen(true)] out Review? review, [NotNullWhen(false)] out string? problem)
    {
        review = null;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, Deep);
        }
        catch (JsonException e)
        {
            problem = $"the body is no JSON: {e.Message}";
            return false;
        }

        var root = document.RootElement;
        if (Json.Text(root, "kind") != "AdmissionReview" || Json.Text(root, "apiVersion") is not ("admission.k8s.io/v1" or "admission.k8s.io/v1beta1"))
        {
            problem = "the body is no AdmissionReview of admission.k8s.io/v1";
        }
        else if (Json.Child(root, "request") is not { ValueKind: JsonValueKind.Object } request || Json.Text(request, "uid") is not { Length: > 0 } uid)
        {
            problem = "the review has no request with a uid";
        }
        else
        {
            review = new(document, request, uid);
            problem = null;
            return true;
        }

        document.Dispose();
        return false;
    }

    public void Dispose() => document.Dispose();
}
