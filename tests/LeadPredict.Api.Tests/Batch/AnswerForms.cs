using LeadPredict.Api.Batch;
using Microsoft.AspNetCore.Http;

namespace LeadPredict.Api.Tests.Batch;

/// <summary>A batch is answered in the form that its caller would rather have.</summary>
public class AnswerForms
{
    [Theory]
    [InlineData("application/json", true, false)]
    [InlineData("application/x-ndjson", false, true)]
    [InlineData("application/json, application/x-ndjson", true, false)]
    [InlineData("application/x-ndjson, application/json", false, true)]
    [InlineData("application/json;q=0.1, application/x-ndjson", false, true)]
    [InlineData("application/x-ndjson;q=0.1, application/json;q=0.2", true, false)]
    [InlineData("text/html, application/jsonl;q=0.5, */*;q=0.1", false, true)]
    [InlineData("application/x-ndjson;q=0, application/json", true, false)]
    [InlineData("application/x-ndjson; q=0.0", true, false)]
    [InlineData("application/x-ndjson;q=0", false, false)]
    [InlineData("application/json;q=0", false, true)]
    [InlineData("application/json;q=0", true, true)]
    [InlineData("*/*", true, true)]
    [InlineData("*/*", false, false)]
    [InlineData("nonsense", true, true)]
    [InlineData("", false, false)]
    public void Answer_IsInTheFormThatIsAccepted_ElseAsItWasSent(string accept, bool sentLines, bool expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Accept = accept;

        BatchForm.AnswersLines(context.Request, sentLines).ShouldBe(expected);
    }

    [Fact]
    public void Answer_WithNothingAccepted_IsAsItWasSent()
    {
        BatchForm.AnswersLines(new DefaultHttpContext().Request, sentLines: true).ShouldBeTrue();
        BatchForm.AnswersLines(new DefaultHttpContext().Request, sentLines: false).ShouldBeFalse();
    }
}
