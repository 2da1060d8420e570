using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.Leaks;

namespace LeadPredict.Training.Tests.Train;

public sealed class LeakReportTests
{
    [Theory]
    [InlineData("closeNote", "--drop 'closeNote',")]
    [InlineData("close note", "--drop 'close note',")]
    [InlineData("the \"close\"", "--drop 'the \"close\"',")]
    [InlineData("`date` $HOME", "--drop '`date` $HOME',")]
    [InlineData("sales' note", "--drop 'sales'\\'' note',")]
    [InlineData("note, at close", "--drop 'note, at close',")]
    public void Refusal_NameOfAnyKind_CanBePastedIntoAShell(string name, string said)
    {
        var report = new LeakReport([new Suspicion(name, "nearPerfect", 0.99, "it tells.")]);
        Should.Throw<RefusalException>(() => report.RefuseUnless([])).Message.ShouldContain(said);
    }
}
