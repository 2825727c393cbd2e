using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gateway.Mutations;

/// <summary>Which statements are removed, one at a time.</summary>
internal static class Removals
{
    public static bool Applies(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: not IdentifierNameSyntax { Identifier.Text: "_" } } } => true,
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AwaitExpressionSyntax } => true,
        ReturnStatementSyntax { Expression: null } or ContinueStatementSyntax or YieldStatementSyntax => true,
        BreakStatementSyntax => statement.Ancestors().First(node =>
            node is SwitchSectionSyntax or ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax) is not SwitchSectionSyntax,
        _ => false,
    };
}
