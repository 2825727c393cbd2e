using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Gateway.Mutations;

/// <summary>The replacements of an expression: another limit, another operator, another method, nothing.</summary>
internal static class Replacements
{
    private static readonly Dictionary<SyntaxKind, SyntaxKind> Operators = new()
    {
        [SyntaxKind.LessThanExpression] = SyntaxKind.LessThanOrEqualExpression,
        [SyntaxKind.LessThanOrEqualExpression] = SyntaxKind.LessThanExpression,
        [SyntaxKind.GreaterThanExpression] = SyntaxKind.GreaterThanOrEqualExpression,
        [SyntaxKind.GreaterThanOrEqualExpression] = SyntaxKind.GreaterThanExpression,
        [SyntaxKind.AddExpression] = SyntaxKind.SubtractExpression,
        [SyntaxKind.SubtractExpression] = SyntaxKind.AddExpression,
        [SyntaxKind.MultiplyExpression] = SyntaxKind.DivideExpression,
        [SyntaxKind.DivideExpression] = SyntaxKind.MultiplyExpression,
    };

    private static readonly Dictionary<string, string> Names = Pairs(
        ("Any", "All"), ("First", "Last"), ("FirstOrDefault", "LastOrDefault"), ("Min", "Max"), ("OrderBy", "OrderByDescending"),
        ("Order", "OrderDescending"), ("StartsWith", "EndsWith"), ("IndexOf", "LastIndexOf"), ("Take", "Skip"), ("Append", "Prepend"),
        ("TrimStart", "TrimEnd"), ("Concat", "Except"), ("Union", "Intersect"));

    private static readonly HashSet<string> Removable =
        ["Trim", "TrimStart", "TrimEnd", "ToLowerInvariant", "Distinct", "DistinctBy", "Where", "Take", "Skip", "Order", "OrderBy", "Reverse", "Prepend", "Append"];

    private static readonly Dictionary<string, string> Members = Pairs(("Ordinal", "OrdinalIgnoreCase"));

    public static IEnumerable<ExpressionSyntax> Of(ExpressionSyntax node) => node switch
    {
        LiteralExpressionSyntax literal => OfLiteral(literal),
        InterpolatedStringExpressionSyntax when !IsData(node) => [Text("")],
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Right: not ThrowExpressionSyntax } binary => [binary.Right],
        BinaryExpressionSyntax binary when Operators.TryGetValue(binary.Kind(), out var other) && !IsText(binary) => [WithOperator(binary, other)],
        IsPatternExpressionSyntax test => Patterns.Of(test.Pattern).Select(test.WithPattern),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } invocation => OfCall(invocation, call),
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "StringComparison" or "StringComparer" } } member
            when Members.TryGetValue(member.Name.Identifier.Text, out var other) => [member.WithName(IdentifierName(other))],
        IdentifierNameSyntax name when IsNumberOfThisFile(name) => [ParseExpression($"{name.Identifier.Text} + 1")],
        _ => [],
    };

    private static IEnumerable<ExpressionSyntax> OfLiteral(LiteralExpressionSyntax literal) => literal.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => [LiteralExpression(SyntaxKind.FalseLiteralExpression)],
        SyntaxKind.FalseLiteralExpression => [LiteralExpression(SyntaxKind.TrueLiteralExpression)],
        SyntaxKind.NumericLiteralExpression => [ParseExpression($"{literal.Token.Text} + 1")],
        SyntaxKind.CharacterLiteralExpression => [ParseExpression("'\\u0001'")],
        SyntaxKind.StringLiteralExpression when !IsData(literal) => [Text(literal.Token.ValueText.Length == 0 ? "x" : "")],
        SyntaxKind.Utf8StringLiteralExpression when !IsData(literal) => [ParseExpression("\"\"u8")],
        _ => [],
    };

    private static IEnumerable<ExpressionSyntax> OfCall(InvocationExpressionSyntax invocation, MemberAccessExpressionSyntax call)
    {
        // The part after "?." is not an expression of its own.
        if (invocation.DescendantNodesAndSelf().Any(node => node is MemberBindingExpressionSyntax))
            yield break;

        var name = call.Name.Identifier.Text;
        if (Names.TryGetValue(name, out var other))
            yield return invocation.WithExpression(call.WithName(call.Name.WithIdentifier(Identifier(other))));
        if (Removable.Contains(name))
            yield return call.Expression;
    }

    // Tables of names are data. A test that repeats them proves nothing.
    private static bool IsData(SyntaxNode node) => node.Ancestors().Any(ancestor =>
        ancestor is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.StaticKeyword)
        || ancestor is PropertyDeclarationSyntax { Initializer: not null } property && property.Modifiers.Any(SyntaxKind.StaticKeyword));

    private static bool IsText(BinaryExpressionSyntax binary) =>
        binary.IsKind(SyntaxKind.AddExpression) && binary.DescendantNodes().Any(node =>
            node.IsKind(SyntaxKind.StringLiteralExpression) || node is InterpolatedStringExpressionSyntax);

    private static bool IsNumberOfThisFile(IdentifierNameSyntax name) =>
        name.Parent is not (MemberAccessExpressionSyntax or NameColonSyntax or NameEqualsSyntax)
        && name.SyntaxTree.GetRoot().DescendantNodes().OfType<FieldDeclarationSyntax>().Any(field =>
            field.Modifiers.Any(SyntaxKind.ConstKeyword)
            && field.Declaration.Type is PredefinedTypeSyntax { Keyword.Text: "int" or "long" or "double" }
            && field.Declaration.Variables.Any(variable => variable.Identifier.Text == name.Identifier.Text));

    private static BinaryExpressionSyntax WithOperator(BinaryExpressionSyntax binary, SyntaxKind other) =>
        BinaryExpression(other, binary.Left, binary.Right).NormalizeWhitespace(eol: " ");

    private static LiteralExpressionSyntax Text(string text) => LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(text));

    private static Dictionary<string, string> Pairs(params (string One, string Other)[] pairs) =>
        pairs.Concat(pairs.Select(pair => (One: pair.Other, Other: pair.One))).ToDictionary(pair => pair.One, pair => pair.Other);
}
