using System.Text.Json;
using Cleat.Uses;

namespace Cleat.Cli.Reports;

/// <summary>The rules as SARIF describes them (SARIF 2.1.0, 3.49), with the properties that GitHub sorts alerts by.</summary>
internal static class SarifRules
{
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("rules");
        foreach (var rule in Rule.All)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Name);
            json.WriteString("name", PascalCase(rule.Name));
            json.Message("shortDescription", rule.Summary);
            json.Message("fullDescription", rule.Why);
            json.WriteString("helpUri", Docs.Rule(rule.Name));
            json.WriteStartObject("help");
            json.WriteString("text", $"{rule.Why}\n\n{rule.Fix}");
            json.WriteString("markdown", $"{rule.Why}\n\n**Fix:** {rule.Fix}");
            json.WriteEndObject();
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Wording.Word(rule.Severity));
            json.WriteEndObject();
            Properties(json, rule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static int Index(Rule rule)
    {
        var index = 0;
        while (Rule.All[index].Name != rule.Name)
        {
            index++;
        }

        return index;
    }

    private static void Properties(Utf8JsonWriter json, Rule rule)
    {
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        foreach (var tag in rule.Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteString("precision", rule == Rule.DynamicImage ? "medium" : "very-high");
        json.WriteString("problem.severity", rule.Severity == Severity.Note ? "recommendation" : Wording.Word(rule.Severity));
        if (rule.Tags.Contains("security"))
        {
            // GitHub's scale: high from 7.0, medium from 4.0, low below
            json.WriteString("security-severity", rule.Severity switch { Severity.Error => "7.0", Severity.Warning => "5.0", _ => "2.0" });
        }

        json.WriteEndObject();
    }

    private static string PascalCase(string name) => string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
