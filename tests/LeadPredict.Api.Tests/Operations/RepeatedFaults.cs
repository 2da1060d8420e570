using LeadPredict.Api.Errors;
using LeadPredict.Testing;

namespace LeadPredict.Api.Tests.Operations;

public class RepeatedFaults
{
    [Fact]
    public void Fault_ThatLasts_IsToldWhenItBeginsChangesAndEveryTenMinutes()
    {
        using var log = new LogLines();
        var clock = new FakeTimeProvider();
        var fault = new RepeatedFault(log.CreateLogger(""), clock, "Events wait");
        for (int second = 0; second < 1_000; second++)
        {
            fault.Tell(second < 100 ? "away" : "full");
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        fault.Over();
        fault.Tell("full");
        log.Lines.Select(line => line.Trim()).ShouldBe(["Events wait: away", "Events wait: full", "Events wait: full", "Events wait: full"]);
    }
}
