using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Gateway.Mutations;

/// <summary>
/// Writes all mutants of one file into it, each behind a switch ("mutant schemata"), so that one build contains all of them. It uses the
/// syntax only. The build removes mutants that do not compile.
/// </summary>
internal sealed class MutantWriter(string file, int firstNumber, IReadOnlySet<string> without) : CSharpSyntaxRewriter
{
    /// <summary>Marks a node of the rewritten tree with the number of its mutant.</summary>
    public const string Mark = "mutant";

    private readonly List<Mutant> _mutants = [];
    private readonly Dictionary<string, int> _repeated = [];
    private int _next = firstNumber;

    public IReadOnlyList<Mutant> Mutants => _mutants;

    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is null || IsFixed(node))
            return node;

        var visited = base.Visit(node)!;
        return (node, visited) switch
        {
            (ExpressionSyntax from, ExpressionSyntax to) => Expression(from, to),
            (StatementSyntax from, StatementSyntax to) when Removals.Applies(from) => Removed(from, to),
            _ => visited,
        };
    }

    // Nodes that must be constants, and exceptions that the program throws.
    private static bool IsFixed(SyntaxNode node) =>
        node is AttributeListSyntax or EnumDeclarationSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or PatternSyntax
            or CaseSwitchLabelSyntax or InterpolationAlignmentClauseSyntax or ParameterSyntax or LocalDeclarationStatementSyntax { IsConst: true }
        || (node is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword));

    private ExpressionSyntax Expression(ExpressionSyntax from, ExpressionSyntax to)
    {
        // The innermost switch comes first. Each further switch encloses the previous ones.
        foreach (var replaced in Replacements.Of(from))
        {
            if (Add(from, replaced.ToString()) is { } mutant)
                to = Marked(ParenthesizedExpression(ConditionalExpression(Is(mutant), Bare(replaced), Bare(to))), mutant);
        }

        foreach (var value in Conditions.ValuesOf(from))
        {
            if (Add(from, value ? "true" : "false") is not { } mutant)
                continue;
            var forced = value
                ? BinaryExpression(SyntaxKind.LogicalOrExpression, Is(mutant), Bare(to))
                : BinaryExpression(SyntaxKind.LogicalAndExpression, PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, Is(mutant)), Bare(to));
            to = Marked(ParenthesizedExpression(forced), mutant);
        }

        return ReferenceEquals(from, to) ? to : to.WithTriviaFrom(from);
    }

    private StatementSyntax Removed(StatementSyntax from, StatementSyntax to)
    {
        if (Add(from, "nothing") is not { } mutant)
            return to;
        var kept = IfStatement(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, Is(mutant)), to.WithoutTrivia());
        return Marked(Block(kept.NormalizeWhitespace(eol: " ")).WithTriviaFrom(from), mutant);
    }

    private int? Add(SyntaxNode from, string to)
    {
        var change = $"{OneLine(from.ToString())} → {OneLine(to)}";
        var repeated = _repeated[change] = _repeated.GetValueOrDefault(change) + 1;
        if (repeated > 1)
            change = $"{change} ({repeated})";
        var number = _next;
        var line = from.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        var mutant = new Mutant(number, file, line, change, IsOfTypeInitialisation(from));
        if (without.Contains(mutant.Key))
            return null;

        _mutants.Add(mutant);
        _next++;
        return number;
    }

    private static bool IsOfTypeInitialisation(SyntaxNode node) => node.Ancestors().Any(ancestor =>
        ancestor is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.StaticKeyword)
        || ancestor is PropertyDeclarationSyntax { Initializer: not null } property && property.Modifiers.Any(SyntaxKind.StaticKeyword)
        || ancestor is ConstructorDeclarationSyntax constructor && constructor.Modifiers.Any(SyntaxKind.StaticKeyword));

    private static ExpressionSyntax Is(int mutant) => ParseExpression($"global::Gateway.Mutant.Is({mutant})");

    // A conditional needs spaces around a child, and no line end inside a replacement.
    private static ExpressionSyntax Bare(ExpressionSyntax expression) =>
        ParenthesizedExpression(expression.WithoutTrivia()).WithLeadingTrivia(Space).WithTrailingTrivia(Space);

    private static T Marked<T>(T node, int mutant) where T : SyntaxNode =>
        node.WithAdditionalAnnotations(new SyntaxAnnotation(Mark, mutant.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 110 ? line : line[..109] + "…";
    }
}
