using LeadPredict.Funnel.HandOff;
using LeadPredict.Funnel.Stages;
using LeadPredict.Scorecard.HandOff;
using LeadPredict.Scorecard.Reading;

namespace LeadPredict.Scorecard.Tests.HandOff;

public class HandOffFileTests
{
    private const string Yaml = """
        version: 2
        name: our team
        from: 2025-07-01
        stages: { SalesQualified: "spoken to; budget known" }
        reasons:
          accept: { fits: Fits us }
          reject: { later: { text: Not now }, student: { text: A student, to: Disqualified } }
          recycle: { later: Not now }
          disqualify: { student: A student }
        serviceLevels: { sqlsPerMonth: 40, firstCallHours: 24 }
        """;

    [Fact]
    public void Parse_WholeFile_IsRead()
    {
        HandOffDefinition read = HandOffFile.Parse(Yaml, "team.yaml");

        read.Version.ShouldBe(2);
        read.From.ShouldBe(new DateTimeOffset(2025, 7, 1, 0, 0, 0, TimeSpan.Zero));
        read.Stages[Stage.SalesQualified].ShouldBe("spoken to; budget known");
        read.ReasonsOf(HandOffAction.Reject).ShouldBe([new("later", "Not now", Stage.Recycled), new("student", "A student", Stage.Disqualified)]);
        read.ReasonsOf(HandOffAction.Accept).ShouldBe([new("fits", "Fits us")]);
        read.ReasonsOf(HandOffAction.Won).ShouldBeEmpty();
        read.SqlsPerMonth.ShouldBe(40);
        read.FirstCallHours.ShouldBe(24);
    }

    [Fact]
    public void Default_IsVersionZeroWithReasonsForEveryHandOff()
    {
        HandOffFile.Default.Version.ShouldBe(0);
        HandOffFile.Default.ReasonsOf(HandOffAction.Reject).Count.ShouldBeGreaterThan(3);
        HandOffFile.Default.SqlsPerMonth.ShouldBeNull();
    }

    [Theory]
    [InlineData("version: 2", "version: 0", "team.yaml:1:10: found \"0\"; expected version: a number from 1 to")]
    [InlineData("from: 2025-07-01", "from: soon", "team.yaml:3:7: found \"soon\"; expected a date")]
    [InlineData("accept: {", "acept: {", "did you mean accept?")]
    [InlineData("to: Disqualified", "to: Won", "expected Recycled or Disqualified")]
    [InlineData("{ fits: Fits us }", "{ Fits Us: yes }", "the code Fits Us")]
    [InlineData("{ fits: Fits us }", "{ \"\": Fits us }", "team.yaml:6:13: found the empty code; expected 1 to 60 lower-case letters")]
    [InlineData("{ fits: Fits us }", "{}", "0 reasons to accept; expected 1 to 100")]
    [InlineData("firstCallHours: 24", "firstCallHours: soon", "firstCallHours: a number")]
    public void Parse_FaultyFile_IsRefusedWithItsPlace(string right, string wrong, string message) =>
        Should.Throw<ScorecardFormatException>(() => HandOffFile.Parse(Yaml.Replace(right, wrong, StringComparison.Ordinal), "team.yaml"))
            .Message.ShouldContain(message);
}
