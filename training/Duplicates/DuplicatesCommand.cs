using System.CommandLine;
using System.Globalization;
using LeadPredict.Api.People;
using LeadPredict.Features.Duplicates;
using LeadPredict.Storage;
using LeadPredict.Storage.Merges;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Duplicates;

/// <summary><c>duplicates list | merge | undo</c>: people and companies that are there twice.</summary>
internal static class DuplicatesCommand
{
    private const int MostShown = 100;

    public static Command Create(ConsoleHost host) =>
        new("duplicates", "Find people and companies that are there twice, read them as one, and take that back.") { List(host), MergeThem(host), Undo(host) };

    private static Command List(ConsoleHost host)
    {
        Option<string> store = SharedOptions.Store();
        Option<bool> json = CommandRunner.JsonOption();
        var command = new Command("list", "Leads with the same e-mail, phone, or name and company; accounts with the same domain; and what was merged.") { store, json };
        command.Run(host, async (parsed, cancellation) =>
        {
            await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
            IReadOnlyList<DuplicateProposal> found = await DuplicateSearch.RunAsync(history, cancellation);
            IReadOnlyList<Merge> merges = await MergeStores.Of(history).ListAsync(cancellation);
            if (parsed.GetValue(json))
            {
                host.WriteJson(new { proposals = found, merges });
                return;
            }

            foreach (DuplicateProposal proposal in found.Take(MostShown))
            {
                host.Out.WriteLine($"{proposal.Kind,-8} {proposal.Keep}  <-  {proposal.Merge}: {proposal.Because}");
            }

            host.Out.WriteLine($"{found.Count} proposals{(found.Count > MostShown ? $", {MostShown} shown" : "")}");
            foreach (Merge merge in merges)
            {
                host.Out.WriteLine($"merge {merge.Id}: {merge.Kind.ToString().ToLowerInvariant()} {merge.Kept}  <-  {merge.Merged}{(merge.UndoneAt is null ? "" : ", undone")}");
            }
        });
        return command;
    }

    private static Command MergeThem(ConsoleHost host)
    {
        var keep = new Option<string?>("--keep") { Description = "The lead or account that both are read as." };
        var merge = new Option<string?>("--merge") { Description = "The other one." };
        var kind = ChoiceOptions.Choice<MergeKind>("--kind", "lead (default), account, or attach (a lead without an account to one); with --all only what 'list' proposes of that kind.");
        var all = new Option<bool>("--all") { Description = "Merge everything that 'list' proposes." };
        var reason = new Option<string?>("--reason") { Description = "Why, for those who look later." };
        Option<string> store = SharedOptions.Store();
        Option<bool> json = CommandRunner.JsonOption();
        var command = new Command("merge", "Read two as one. No row is changed; 'undo' takes it back.") { keep, merge, kind, all, reason, store, json };
        command.Run(host, async (parsed, cancellation) =>
        {
            (string? kept, string? other) = (parsed.GetValue(keep), parsed.GetValue(merge));
            if (parsed.GetValue(all) ? kept is not null || other is not null : kept is null || other is null)
            {
                throw new RefusalException("say what to merge: --keep ID and --merge ID, or --all");
            }

            await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
            IReadOnlyList<DuplicateProposal> wanted = parsed.GetValue(all)
                ? [.. (await DuplicateSearch.RunAsync(history, cancellation)).Where(one => parsed.GetValue(kind) is not { } only || KindOf(one) == only)]
                : [new((parsed.GetValue(kind) ?? MergeKind.Lead).ToString(), kept!, other!, parsed.GetValue(reason) ?? "")];
            IReadOnlyList<Merge> done = await MergeStores.Of(history).MergeAsync(
                [.. wanted.Select(one => new MergeWish(KindOf(one), one.Keep, one.Merge, parsed.GetValue(reason) ?? one.Because))],
                host.Time.GetUtcNow(),
                cancellation);

            if (parsed.GetValue(json))
            {
                host.WriteJson(new { merges = done });
                return;
            }

            foreach (Merge one in done)
            {
                host.Out.WriteLine($"merge {one.Id}: {one.Merged} is read as {one.Kept}");
            }

            if (done.Count == 0)
            {
                host.Out.WriteLine("nothing to merge");
            }
        });
        return command;
    }

    private static MergeKind KindOf(DuplicateProposal proposal) => Enum.Parse<MergeKind>(proposal.Kind, ignoreCase: true);

    private static Command Undo(ConsoleHost host)
    {
        var id = new Argument<long>("id") { Description = "The merge, as 'list' numbers it." };
        Option<string> store = SharedOptions.Store();
        Option<bool> json = CommandRunner.JsonOption();
        var command = new Command("undo", "Take a merge back.") { id, store, json };
        command.Run(host, async (parsed, cancellation) =>
        {
            long number = parsed.GetValue(id);
            await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
            if (!await MergeStores.Of(history).UndoAsync(number, host.Time.GetUtcNow(), cancellation))
            {
                throw new RefusalException($"there is no merge {number.ToString(CultureInfo.InvariantCulture)} that is not undone; 'duplicates list' shows what there is");
            }

            if (parsed.GetValue(json))
            {
                host.WriteJson(new { undone = number });
            }
            else
            {
                host.Out.WriteLine($"merge {number.ToString(CultureInfo.InvariantCulture)} is undone");
            }
        });
        return command;
    }
}
