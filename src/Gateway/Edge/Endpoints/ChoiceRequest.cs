using System.Text;
using System.Text.Json;
using Gateway.Consent;
using Gateway.Cookies;
using Gateway.Sites;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Endpoints;

/// <summary>A choice as it was posted, validated against the site.</summary>
/// <param name="Granted">Ids of the categories that are ticked.</param>
/// <param name="Objected">Whether the visitor objects to exempt audience measurement.</param>
/// <param name="Return">The path to redirect a form to; not validated.</param>
internal sealed record ChoiceRequest(Choice Choice, IReadOnlySet<string> Granted, bool Objected, string? Return, bool IsForm)
{
    /// <summary>Most bytes of a choice: enough for all categories of a large table and a long return path.</summary>
    public const int LongestBody = 8 * 1024;

    private const string Shape =
        "\"choice\" must be accept, refuse, save or allow. With save and allow, \"granted\" lists category ids; with save, \"objected\" may list \"audience\".\n";

    /// <returns>The choice; or null with the status code and text of the response.</returns>
    public static async Task<(ChoiceRequest? Request, int Status, string Reason)> ReadAsync(HttpRequest request, Site site, TimeProvider time)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType.ToString().ToLowerInvariant() : "";
        if (type is not ("application/json" or "application/x-www-form-urlencoded"))
            return (null, StatusCodes.Status415UnsupportedMediaType, "The content type must be application/json or application/x-www-form-urlencoded.\n");
        var (body, status, reason) = await GatewayPost.ReadAsync(request, LongestBody, time);
        if (body is null)
            return (null, status, reason);

        var read = type == "application/json" ? OfJson(body) : OfForm(body);
        if (read is null)
            return (null, StatusCodes.Status400BadRequest, Shape);

        var known = site.Rules.Versions;
        if (read.Granted.FirstOrDefault(category => !known.ContainsKey(category)) is not null)
            return (null, StatusCodes.Status400BadRequest, $"\"granted\" may list only: {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}.\n");

        return (read, 0, "");
    }

    private static ChoiceRequest? OfForm(byte[] body)
    {
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        return Of(form.GetValueOrDefault("choice"), form.GetValueOrDefault("granted"), form.GetValueOrDefault("objected"), form.GetValueOrDefault("return"), true);
    }

    private static ChoiceRequest? OfJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && TryStrings(root, "granted", out var granted) && TryStrings(root, "objected", out var objected)
                && root.TryGetProperty("choice", out var choice) && choice.ValueKind == JsonValueKind.String
                    ? Of(choice.GetString(), granted, objected, default, false)
                    : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON; or a string that is not valid text: half of a surrogate pair, or bytes that are not UTF-8.
            return null;
        }
    }

    // A missing property is an empty list. Anything else than an array of strings is an error.
    private static bool TryStrings(JsonElement root, string name, out StringValues values)
    {
        values = StringValues.Empty;
        if (!root.TryGetProperty(name, out var array))
            return true;
        if (array.ValueKind != JsonValueKind.Array || array.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            return false;

        values = array.EnumerateArray().Select(item => item.GetString()).ToArray();
        return true;
    }

    private static ChoiceRequest? Of(StringValues choice, StringValues granted, StringValues objected, StringValues back, bool isForm)
    {
        Choice? pressed = (string?)choice switch
        {
            "accept" => Choice.Accept,
            "refuse" => Choice.Refuse,
            "save" => Choice.Save,
            "allow" when granted.Count > 0 => Choice.Allow,
            _ => null,
        };
        var objects = objected.Count > 0;
        return pressed is null || objected.Any(category => category != Category.Audience)
            ? null
            : new ChoiceRequest(pressed.Value, granted.Select(category => category ?? "").ToHashSet(StringComparer.Ordinal), objects, back, isForm);
    }
}
