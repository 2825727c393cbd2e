using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Mutations;

/// <summary>The constants that replace a condition. They require a test of each operand alone, in both directions.</summary>
/// <remarks>
/// In <c>a &amp;&amp; b</c>, an operand that is always true is a missing operand. An operand that is always false makes the whole condition
/// false, which is one mutant of the whole condition. <c>||</c> is the opposite.
/// </remarks>
internal static class Conditions
{
    private static readonly HashSet<string> TakeCondition = ["Where", "Any", "All", "First", "FirstOrDefault", "Last", "LastOrDefault",
        "Single", "SingleOrDefault", "Count", "TakeWhile", "SkipWhile", "Exists", "Find", "TrueForAll", "RemoveAll"];

    public static IEnumerable<bool> ValuesOf(ExpressionSyntax node)
    {
        if (node is ParenthesizedExpressionSyntax or LiteralExpressionSyntax or IsPatternExpressionSyntax { Pattern: DeclarationPatternSyntax or VarPatternSyntax })
            return [];
        var parent = Outside(node);
        return node.Kind() switch
        {
            SyntaxKind.LogicalAndExpression => parent.IsKind(SyntaxKind.LogicalAndExpression) ? [] : [false],
            SyntaxKind.LogicalOrExpression => parent.IsKind(SyntaxKind.LogicalOrExpression) || IsLoop(node, parent) ? [] : [true],
            _ when parent.IsKind(SyntaxKind.LogicalAndExpression) => [true],
            _ when parent.IsKind(SyntaxKind.LogicalOrExpression) => [false],
            _ when parent.IsKind(SyntaxKind.LogicalNotExpression) => [],

            // A loop whose condition is always true does not end, so this mutant proves nothing.
            _ when IsLoop(node, parent) => [false],
            _ when IsCondition(node, parent) || IsComparison(node) => [false, true],
            _ => [],
        };
    }

    private static SyntaxNode Outside(SyntaxNode node)
    {
        var parent = node.Parent!;
        while (parent is ParenthesizedExpressionSyntax)
            parent = parent.Parent!;
        return parent;
    }

    private static bool IsLoop(SyntaxNode node, SyntaxNode parent) =>
        parent is WhileStatementSyntax or DoStatementSyntax || (parent is ForStatementSyntax loop && loop.Condition?.Contains(node) == true);

    private static bool IsComparison(SyntaxNode node) => node.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression
        or SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression
        or SyntaxKind.GreaterThanOrEqualExpression or SyntaxKind.IsPatternExpression or SyntaxKind.IsExpression;

    private static bool IsCondition(SyntaxNode node, SyntaxNode parent) => parent switch
    {
        IfStatementSyntax or WhenClauseSyntax or CatchFilterClauseSyntax => true,
        ConditionalExpressionSyntax choice => choice.Condition.Contains(node),
        ReturnStatementSyntax => node.Ancestors().FirstOrDefault(IsFunction) is { } function && ReturnsBool(function),
        ArrowExpressionClauseSyntax arrow => ReturnsBool(arrow.Parent!) || ReturnsBool(arrow.Parent!.Parent?.Parent),
        LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } } } =>
            TakeCondition.Contains(call.Name.Identifier.Text),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } } => false,
        _ => false,
    };

    private static bool IsFunction(SyntaxNode node) =>
        node is MethodDeclarationSyntax or LocalFunctionStatementSyntax or LambdaExpressionSyntax or AccessorDeclarationSyntax;

    private static bool ReturnsBool(SyntaxNode? member) => member switch
    {
        MethodDeclarationSyntax method => IsBool(method.ReturnType),
        LocalFunctionStatementSyntax function => IsBool(function.ReturnType),
        PropertyDeclarationSyntax property => IsBool(property.Type),
        _ => false,
    };

    private static bool IsBool(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.Text: "bool" };
}
