using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Cleat.Admission.Hosting;
using Cleat.Admission.Pins;
using Cleat.Admission.Reviews;
using Cleat.References;

namespace Cleat.Admission.Tests;

/// <summary>Objects as nobody would write them: a patch always applies, and an independent look finds no image without a digest.</summary>
public sealed class RandomObjectTests
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    [Fact]
    public async Task A_patch_applies_and_leaves_no_image_unpinned()
    {
        // seeded: the same objects each time
#pragma warning disable CA5394
        Random random = new(20261129);
#pragma warning restore CA5394
        Mutation mutation = new(new OneDigest(), [], new Metrics(), mayOptOut: true);
        for (var i = 0; i < 100_000; i++)
        {
            RandomObject made = new(random);
            var kind = made.Kind();
            var @object = made.Of(kind);
            var text = Reviews.Created(kind, @object.ToJsonString());
            Assert.True(Review.TryRead(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text)), out var review, out var problem), problem);
            using (review)
            {
                var answer = await mutation.AnswerAsync(review, TimeSpan.FromSeconds(1), CancellationToken.None);
                ArrayBufferWriter<byte> output = new();
                answer.Write(review, output);
                var response = JsonNode.Parse(output.WrittenSpan)!["response"]!;
                Assert.True((bool)response["allowed"]!);
                var before = @object.ToJsonString();
                var patched = Patch.Apply(@object, Patch.Of(response));
                foreach (var image in Patch.Images(patched).Where(t => t.Length > 0))
                {
                    Assert.True(!ImageReference.TryParse(image, out var reference, out _) || reference.Digest is not null, $"{i}: {image} in {before}");
                }

                Assert.Equal(before.Replace("@" + Digest, "", StringComparison.Ordinal), patched.ToJsonString().Replace(":latest@" + Digest, "", StringComparison.Ordinal).Replace("@" + Digest, "", StringComparison.Ordinal));
            }
        }
    }

    private sealed class OneDigest : IPinner
    {
        public Task<PinAnswer> PinAsync(PinQuestion question, CancellationToken cancellation) => Task.FromResult(PinAnswer.Of(Digest, PinSource.Registry));
    }

    /// <summary>An object whose fields may be missing, of another type, or called what no field is.</summary>
    private sealed class RandomObject(Random random)
    {
        private static readonly string[] Images = ["nginx", "nginx:1", "r.example:5000/a/b:2", $"nginx:1@{Digest}", "UPPER/x y", "", "a@b", "$(X)"];
        private static readonly string[] Keys = ["a/b", "~", "~1", "x~/y", "containers", "image", "spec", "é", "\"", ""];

#pragma warning disable CA5394
        public string Kind() => One("Pod", "Pod", "Pod", "Deployment", "Job", "CronJob", "PodTemplate", "ReplicaSet");

        public JsonObject Of(string kind)
        {
            var spec = Spec();
            JsonNode root = spec;
            foreach (var step in PodImages.SpecPath(kind)!.Reverse())
            {
                JsonObject parent = new() { [step] = root };
                Noise(parent);
                root = parent;
            }

            root["metadata"] ??= new JsonObject { ["name"] = "x" };
            return root.AsObject();
        }

        private JsonObject Spec()
        {
            JsonObject spec = [];
            foreach (var list in (string[])["containers", "initContainers", "ephemeralContainers", "volumes"])
            {
                switch (random.Next(8))
                {
                    case 0: break;
                    case 1: spec[list] = One("x", "y"); break;
                    case 2: spec[list] = new JsonObject(); break;
                    default: spec[list] = new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(i => Item(list, i))]); break;
                }
            }

            Noise(spec);
            return spec;
        }

        private JsonNode? Item(string list, int i)
        {
            if (random.Next(10) == 0)
            {
                return random.Next(3) switch { 0 => null, 1 => JsonValue.Create(1), _ => new JsonArray() };
            }

            JsonObject item = new() { ["name"] = $"c{i}" };
            JsonNode image = random.Next(12) == 0 ? JsonValue.Create(7) : JsonValue.Create(One(Images));
            if (list == "volumes")
            {
                item["image"] = random.Next(4) == 0 ? image : new JsonObject { ["reference"] = image };
            }
            else
            {
                item["image"] = image;
            }

            Noise(item);
            return item;
        }

        private void Noise(JsonObject to)
        {
            for (var i = random.Next(3); i > 0; i--)
            {
                var key = One(Keys);
                if (!to.ContainsKey(key))
                {
                    to[key] = new JsonObject { [One(Keys)] = new JsonArray("nginx", 1) };
                }
            }
        }

        private string One(params string[] choices) => choices[random.Next(choices.Length)];
#pragma warning restore CA5394
    }
}
