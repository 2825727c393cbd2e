namespace Gateway.Tests.Support;

/// <summary>The architecture rules: what each namespace (room) <c>Gateway.&lt;Room&gt;</c> may use, and all violations in an assembly.</summary>
internal static class House
{
    /// <summary>The types of namespace <c>Gateway</c> itself, and <c>Program</c>: they only call the commands.</summary>
    private const string Door = "Program";

    private static readonly string[] BelowConfig = ["Sites", "Pages", "Script", "Texts", "Consent", "Cookies"];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        [Door] = ["Commands"],
        ["Commands"] = ["Edge", "Config", "Catalogue", "Records", "Inventory", .. BelowConfig, "Html", "Csp"],
        ["Edge"] = ["Config", "Catalogue", "Records", "Inventory", .. BelowConfig, "Html", "Csp"],
        ["Config"] = ["Catalogue", .. BelowConfig, "Csp"],
        ["Sites"] = ["Pages", "Script", "Texts", "Consent", "Cookies", "Csp"],
        ["Pages"] = ["Texts", "Consent", "Cookies"],
        ["Script"] = ["Texts", "Consent", "Cookies"],
        ["Texts"] = ["Consent", "Cookies"],
        ["Catalogue"] = ["Texts", "Cookies"],
        ["Records"] = ["Consent", "Cookies"],
        ["Inventory"] = ["Consent", "Cookies"],
        ["Consent"] = ["Cookies"],
        ["Cookies"] = [],
        ["Csp"] = [],
        ["Html"] = [],
    };

    private static readonly string[] KnowHttp = ["Commands", "Edge"];

    /// <summary>One sentence for each violation: the type, what it uses, and the rule.</summary>
    public static IReadOnlyList<string> Breaches(string assemblyPath)
    {
        var uses = AssemblyUses.Read(assemblyPath);
        return [.. uses.SelectMany(use => Breaches(use.Place, use.Member)).Concat(Cycles(uses)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Two types must not use each other. A type and its nested types count as one.</summary>
    private static IEnumerable<string> Cycles(IReadOnlyCollection<(Place Place, UsedMember Member)> uses)
    {
        var arrows = uses
            .Where(use => !IsFree(use.Place.Type) && RoomOf(use.Member.Type) is not null)
            .Select(use => (From: Outermost(use.Place.Type), To: Outermost(use.Member.Type)))
            .Where(arrow => arrow.From != arrow.To)
            .ToHashSet();
        return arrows
            .Where(arrow => string.CompareOrdinal(arrow.From, arrow.To) < 0 && arrows.Contains((arrow.To, arrow.From)))
            .Select(arrow => $"{arrow.From} and {arrow.To} use each other; one of them may know the other, or they are one type");
    }

    private static string Outermost(NamedType type) => (type with { Path = type.Path.Split('+')[0] }).ToString();

    private static IEnumerable<string> Breaches(Place place, UsedMember used)
    {
        if (IsFree(place.Type))
            yield break;
        if (RoomOf(place.Type) is not { } room)
        {
            yield return $"{new Place(place.Type)} is in no room of the house";
            yield break;
        }
        var allowed = MayUse[room];
        if (RoomOf(used.Type) is { } other && other != room && !allowed.Contains(other))
            yield return $"{place} uses {used.Type}; {room} may use {(allowed.Length > 0 ? string.Join(", ", allowed) : "no other room")}";
        if (IsHttp(used.Type) && !KnowHttp.Contains(room))
            yield return $"{place} uses {used.Type}; only {string.Join(" and ", KnowHttp)} know HTTP";
        if (Clocks.IsClock(used))
            yield return $"{place} asks {used.Type}.{used.Member.TrimStart('.')} for the time; take it from a TimeProvider";
        if (Clocks.IsSystemTimeProvider(used) && room != "Commands")
            yield return $"{place} takes TimeProvider.System; only Commands may, the others are given theirs";
    }

    private static string? RoomOf(NamedType type)
    {
        // The compiler puts an async Main into a type nested in Program.
        if (type.Namespace == "Gateway" || (type.Namespace.Length == 0 && type.Path.Split('+')[0] == Door))
            return Door;
        return type.Namespace.Split('.') is ["Gateway", var room, ..] && MayUse.ContainsKey(room) ? room : null;
    }

    /// <summary>Tests, what source generators write into the framework's namespaces, and the compiler's own types.</summary>
    private static bool IsFree(NamedType type) => type.Namespace.Split('.') switch
    {
        ["System" or "Microsoft", ..] => true,
        ["Gateway", "Tests" or "Benchmarks", ..] => true,
        [""] => type.Path.StartsWith('<'),
        _ => false,
    };

    private static bool IsHttp(NamedType type) =>
        $"{type.Namespace}.".StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
        || $"{type.Namespace}.".StartsWith("Yarp.", StringComparison.Ordinal);
}
