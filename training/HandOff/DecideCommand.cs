using System.CommandLine;
using LeadPredict.Api.HandOff;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.HandOff;

/// <summary><c>leadpredict decide</c>: accepts, rejects, recycles, reopens or closes a lead.</summary>
internal static class DecideCommand
{
    public static Command Create(ConsoleHost host)
    {
        string words = string.Join(", ", HandOffActions.All.Select(one => one.Word()));
        var action = new Argument<string>("action") { Description = $"One of {words}." };
        var lead = new Option<string>("--lead") { Description = "The lead.", Required = true };
        var reason = new Option<string?>("--reason") { Description = "A code of the team's list; 'leadpredict definitions' shows it." };
        var actor = new Option<string?>("--actor") { Description = "Who decides." };
        var note = new Option<string?>("--note") { Description = "What they write about it." };
        var amount = new Option<decimal?>("--amount") { Description = "What the deal is worth, for won and lost." };
        var currency = new Option<string?>("--currency") { Description = "The amount's currency, such as EUR." };
        Option<string> store = SharedOptions.Store();
        var json = CommandRunner.JsonOption();
        var command = new Command("decide", "Take a decision about a lead: " + words + ".") { action, lead, reason, actor, note, amount, currency, store, json };
        command.Run(host, async (parsed, cancellation) =>
        {
            string word = parsed.GetValue(action)!;
            HandOffAction? known = HandOffActions.All.Cast<HandOffAction?>().FirstOrDefault(one => one!.Value.Word() == word);
            if (known is not { } wanted)
            {
                throw new RefusalException($"'{word}' is no decision; expected one of {words}");
            }

            string id = parsed.GetValue(lead)!;
            await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
            HandOffDone done = await new HandOffDesk(history, host.Time).DecideAsync(
                new(
                    id,
                    new(wanted, parsed.GetValue(reason), parsed.GetValue(amount), parsed.GetValue(currency)),
                    parsed.GetValue(actor),
                    parsed.GetValue(note)),
                cancellation) ?? throw new RefusalException($"--lead {id}: no such lead in {HistoryStores.Shown(parsed.GetValue(store)!)}");
            if (parsed.GetValue(json))
            {
                host.WriteJson(done);
            }
            else
            {
                host.Out.WriteLine($"{done.LeadId}: {done.From} to {done.To}, under definitions version {done.DefinitionsVersion}");
            }
        });
        return command;
    }
}
