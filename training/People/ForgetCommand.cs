using System.CommandLine;
using LeadPredict.Storage;
using LeadPredict.Storage.Operations;
using LeadPredict.Storage.People;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.People;

/// <summary><c>forget --lead ID | --email ADDRESS</c>: a person is removed from everywhere and kept out.</summary>
internal static class ForgetCommand
{
    private const int LongestAddress = 1_000;

    public static Command Create(ConsoleHost host)
    {
        var lead = new Option<string?>("--lead") { Description = "The lead's identifier." };
        var email = new Option<string?>("--email") { Description = "The person's address, in any case; all leads that have it are meant." };
        Option<string> store = SharedOptions.Store();
        Option<bool> json = CommandRunner.JsonOption();
        var command = new Command("forget", "Remove a person from every table of the store, and refuse what comes of that person later.") { lead, email, store, json };
        command.Run(host, async (parsed, cancellation) =>
        {
            (string? id, string? address) = (parsed.GetValue(lead), parsed.GetValue(email));
            if (string.IsNullOrWhiteSpace(id) == string.IsNullOrWhiteSpace(address))
            {
                throw new RefusalException("say whom to forget: --lead ID or --email ADDRESS, one of them");
            }

            if (address is { Length: > LongestAddress })
            {
                throw new RefusalException($"--email has {address.Length} characters; expected an address, of at most {LongestAddress}");
            }

            string connection = parsed.GetValue(store)!;
            await using IHistoryStore history = await HistoryStores.OpenAsync(connection, create: false, cancellation);
            Forgotten forgotten = await PeopleStores.Of(history).ForgetAsync(id, address, host.Time.GetUtcNow(), cancellation);
            await using OperationsStore operations = await OperationsStore.OpenAsync(connection, create: false, cancellation);
            await operations.Audit.AppendAsync(new(host.Time.GetUtcNow(), "console", "forget", "a person", "done"), CancellationToken.None);
            if (parsed.GetValue(json))
            {
                host.WriteJson(forgotten);
            }
            else
            {
                host.Out.WriteLine($"forgotten: {forgotten.Leads} leads, {forgotten.Rows} rows, {forgotten.Mentions} mentions elsewhere");
            }

            if (forgotten is { Leads: 0, Rows: 0, Mentions: 0 })
            {
                host.Error.WriteLine("Nobody was known by that. Whoever comes under it from now on is refused.");
            }

            if (forgotten.Warning is { } warning)
            {
                host.Error.WriteLine(warning);
            }

            host.Error.WriteLine("Files exported before, backups, and models learnt before are outside the store: train anew and delete what is yours to delete.");
        });
        return command;
    }
}
