using LeadPredict.Funnel.Episodes;
using LeadPredict.Funnel.Leads;
using LeadPredict.Funnel.Stages;

namespace LeadPredict.Funnel.Examples;

/// <summary>Makes training examples of account histories, one account at a time, so memory does not grow with the history.</summary>
/// <remarks>
/// <para>Qualify: every instant of the episodes of the link to SQL, and of the stays in nurturing.</para>
/// <para>
/// Close: every instant of the episodes of the link to won and, in a funnel of two links, the instants of the first link that converted,
/// with the horizon counted from their SQL entry; for P(close | SQL) is asked of MQLs too.
/// </para>
/// <para>Chain, in a funnel of two links: every instant of the first link, labelled by both links in a row.</para>
/// <para>Immutable and safe to share between threads.</para>
/// </remarks>
public sealed class ExampleBuilder
{
    private readonly FunnelDefinition _funnel;
    private readonly DateTimeOffset _observedUntil;
    private readonly int _firstWeeksOf;

    /// <summary>Builds for a funnel.</summary>
    /// <param name="funnel">Its links, horizons and start date.</param>
    /// <param name="observedUntil">The data tells of everything before this instant; usually the latest recorded instant.</param>
    /// <param name="firstWeeksOf">Of one in so many accounts, chosen by their names, episodes are looked at in their first weeks too; at least 1 (default): of all.</param>
    public ExampleBuilder(FunnelDefinition funnel, DateTimeOffset observedUntil, int firstWeeksOf = 1)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        ArgumentOutOfRangeException.ThrowIfLessThan(firstWeeksOf, 1);
        _firstWeeksOf = firstWeeksOf;
        _funnel = funnel;
        _observedUntil = observedUntil;
    }

    /// <summary>The examples of a stream of accounts, in its order.</summary>
    public async IAsyncEnumerable<AccountExamples> BuildAsync(
        IAsyncEnumerable<AccountHistory> accounts,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        await foreach (AccountHistory account in accounts.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return Build(account);
        }
    }

    /// <summary>The examples of one account, censored and immature ones included.</summary>
    public AccountExamples Build(AccountHistory account)
    {
        ArgumentNullException.ThrowIfNull(account);
        List<TrainingExample> examples = [];
        return new(account, examples, Build(account, examples));
    }

    /// <summary>Adds the examples of one account to those of others; the leads of an account come one after another.</summary>
    /// <returns>What became of the account's episodes.</returns>
    public ExampleCounts Build(AccountHistory account, List<TrainingExample> examples)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(examples);
        ExampleCounts counts = ExampleCounts.None;
        string group = account.GroupKey;
        bool firstWeeks = NameHash.Of(group) % (uint)_firstWeeksOf == 0;
        foreach (LeadHistory lead in account.Leads)
        {
            counts += Build(group, lead, firstWeeks, examples);
        }

        return counts;
    }

    private ExampleCounts Build(string group, LeadHistory lead, bool firstWeeks, List<TrainingExample> examples)
    {
        FunnelLink first = _funnel.Links[0];
        IReadOnlyList<LinkEpisode> firsts = LinkEpisodes.Of(lead.Lead, lead.Transitions, first);
        IReadOnlyList<LinkEpisode> recycled = LinkEpisodes.RecycledOf(lead.Lead, lead.Transitions, first);
        bool chained = _funnel.Links.Count == 2;
        IReadOnlyList<LinkEpisode> seconds = chained ? LinkEpisodes.Of(lead.Lead, lead.Transitions, _funnel.Links[1]) : [];
        Target target = _funnel.Qualify is null ? Target.Close : Target.Qualify;
        EpisodeExamples rows = new(group, lead, _observedUntil, examples);
        ExampleCounts counts = ExampleCounts.None;
        foreach (LinkEpisode episode in firsts.Concat(recycled))
        {
            ExampleCounts outcome = Screen(lead, episode, firstWeeks, out DateTimeOffset[] instants);
            counts += outcome;
            rows.Add(target, episode, instants, first.Horizon);
            if (chained && instants.Length > 0)
            {
                LinkEpisode? second = seconds.FirstOrDefault(next => next.OpenedAt == episode.EndedAt);
                rows.AddBeforeLink(episode, second, instants, _funnel.Links[1].Horizon);
                if (!episode.IsRecycled)
                {
                    rows.AddChain(episode, second, instants, _funnel.Links[1].Horizon);
                }
            }
        }

        foreach (LinkEpisode episode in seconds)
        {
            counts += Screen(lead, episode, firstWeeks, out DateTimeOffset[] instants);
            rows.Add(Target.Close, episode, instants, episode.Link.Horizon);
        }

        return counts;
    }

    /// <summary>The instants at which the episode may be looked at, none when it is left out, and why.</summary>
    private ExampleCounts Screen(LeadHistory lead, LinkEpisode episode, bool firstWeeks, out DateTimeOffset[] instants)
    {
        instants = [];
        ExampleCounts one = new() { Episodes = 1 };
        DateTimeOffset known = episode.KnownAt + EpisodeInstants.Settling;
        if (_funnel.Start is { } start && episode.OpenedAt < start)
        {
            return one with { BeforeStart = 1 };
        }

        if (known > _observedUntil)
        {
            return one with { AfterEnd = 1 };
        }

        instants = [.. EpisodeInstants.Of(lead, episode, _observedUntil, firstWeeks)];
        return instants.Length > 0 ? one
            : episode.EndedAt <= episode.OpenedAt ? one with { WithoutLength = 1 }
            : EpisodeInstants.KnownInside(lead, episode, known) ? one with { DecidedWhenKnown = 1 }
            : one with { OverWhenKnown = 1 };
    }
}
