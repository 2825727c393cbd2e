using Gateway.Html;
using Xunit;

namespace Gateway.Tests.Html;

public class DocumentEvidenceTests
{
    [Theory]
    [InlineData(nameof(Evidence.Doctype))]
    [InlineData(nameof(Evidence.Html))]
    [InlineData(nameof(Evidence.Head))]
    [InlineData(nameof(Evidence.Body))]
    [InlineData("Doctype, Text")]
    public void Markup_that_only_documents_contain_is_enough_for_every_plan_except_none(string evidence) =>
        Assert.Equal((false, true, true, true), Of(evidence));

    [Theory]
    [InlineData(nameof(Evidence.Title))]
    public void A_title_is_enough_only_for_the_page_of_a_tab(string evidence) =>
        Assert.Equal((false, true, false, false), Of(evidence));

    [Theory]
    [InlineData(nameof(Evidence.None))]
    [InlineData(nameof(Evidence.Text))]
    [InlineData(nameof(Evidence.Structure))]
    [InlineData(nameof(Evidence.AnyTag))]
    [InlineData(nameof(Evidence.Esi))]
    [InlineData("Title, Esi")]
    public void What_fragments_contain_too_is_never_enough(string evidence) => Assert.Equal((false, false, false, false), Of(evidence));

    private static (bool None, bool Document, bool Frame, bool Maybe) Of(string evidence)
    {
        bool IsEnough(DocumentPlan plan) => DocumentEvidence.IsEnough(plan, Enum.Parse<Evidence>(evidence));
        return (
            IsEnough(DocumentPlan.None),
            IsEnough(DocumentPlan.Document),
            IsEnough(DocumentPlan.Frame),
            IsEnough(DocumentPlan.MaybeDocument));
    }
}
