using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Mutations;

/// <summary>Patterns without one operand, or with the adjacent limit.</summary>
internal static class Patterns
{
    public static IEnumerable<PatternSyntax> Of(PatternSyntax pattern)
    {
        // A variable cannot be declared twice in one expression.
        if (pattern.DescendantNodesAndSelf().Any(node => node is VariableDesignationSyntax))
            return [];
        return pattern switch
        {
            BinaryPatternSyntax both => [both.Left, both.Right, .. Of(both.Left).Select(both.WithLeft), .. Of(both.Right).Select(both.WithRight)],
            ParenthesizedPatternSyntax inner => Of(inner.Pattern).Select(inner.WithPattern),
            UnaryPatternSyntax not => Of(not.Pattern).Select(not.WithPattern),
            RelationalPatternSyntax relation => [relation.WithOperatorToken(SyntaxFactory.Token(Neighbour(relation.OperatorToken.Kind())).WithTrailingTrivia(SyntaxFactory.Space))],
            RecursivePatternSyntax { PropertyPatternClause: { } clause } properties => OfProperties(properties, clause),
            _ => [],
        };
    }

    private static IEnumerable<PatternSyntax> OfProperties(RecursivePatternSyntax pattern, PropertyPatternClauseSyntax clause)
    {
        foreach (var part in clause.Subpatterns)
        {
            yield return pattern.WithPropertyPatternClause(clause.WithSubpatterns(clause.Subpatterns.Remove(part)));
            foreach (var changed in Of(part.Pattern))
                yield return pattern.WithPropertyPatternClause(clause.WithSubpatterns(clause.Subpatterns.Replace(part, part.WithPattern(changed))));
        }
    }

    private static SyntaxKind Neighbour(SyntaxKind relation) => relation switch
    {
        SyntaxKind.LessThanToken => SyntaxKind.LessThanEqualsToken,
        SyntaxKind.LessThanEqualsToken => SyntaxKind.LessThanToken,
        SyntaxKind.GreaterThanToken => SyntaxKind.GreaterThanEqualsToken,
        _ => SyntaxKind.GreaterThanToken,
    };
}
