using System.Text;
using LeadPredict.Api.ScoreLog;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Tests.ScoreLog;

public class ScoreLogPaging
{
    [Fact]
    public async Task Scores_AddedByManyThreads_ComeOutOnceEachWithTheirOwnAnswers()
    {
        const int Threads = 8;
        const int Each = 4_000;
        var pages = new ScoreLogPages();
        Task adding = Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                byte[] answer = Encoding.UTF8.GetBytes($"{thread}/{i} {new string('x', 5_000 + i % 500)}");
                while (!pages.TryAdd(Packed($"{thread}/{i}", answer), null, out Task room))
                {
                    await room;
                }
            }
        })));
        var seen = new Dictionary<string, int>();
        List<ScoreLogPage> taken = [];
        while (!adding.IsCompleted || pages.Waiting > 0)
        {
            if (pages.Take() is not { } page)
            {
                pages.Return(taken);
                taken.Clear();
                await Task.Yield();
                continue;
            }

            foreach (LoggedScore row in Rows(page))
            {
                row.Answer!.ShouldStartWith(row.LeadId + " x");
                string[] place = row.LeadId.Split('/');
                seen.GetValueOrDefault(place[0]).ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(place[1], "a thread's scores stay in order");
                seen[place[0]] = seen.GetValueOrDefault(place[0]) + 1;
            }

            taken.Add(page);
            if (taken.Count == 8)
            {
                pages.Return(taken);
                taken.Clear();
            }
        }

        await adding;
        seen.Values.ShouldAllBe(count => count == Each);
        seen.Count.ShouldBe(Threads);
    }

    [Fact]
    public void Pages_ThatAreAllFull_TakeNothingUntilOneIsGivenBack()
    {
        var pages = new ScoreLogPages();
        byte[] answer = new byte[(ScorePage.Bytes / 2) - 200];
        Task room;
        int added = 0;
        while (pages.TryAdd(Packed("a", answer), null, out room))
        {
            added++;
        }

        (added, pages.Waiting, room.IsCompleted).ShouldBe((2 * ScoreLogPages.Most, 2 * ScoreLogPages.Most, false));
        ScoreLogPage first = pages.Take()!;
        pages.TryAdd(Packed("b", answer), null, out _).ShouldBeFalse();
        pages.Return([first]);
        room.IsCompleted.ShouldBeTrue();
        pages.TryAdd(Packed("b", answer), null, out _).ShouldBeTrue();
        pages.Waiting.ShouldBe(added - 1);
    }

    [Fact]
    public void Leads_ThatAChallengerIsToScore_FillTheirMemoryBeforeTheScoresFillTheirs()
    {
        var pages = new ScoreLogPages();
        ShadowedLead lead = GivenScores.Shadowed(touches: 20_000);
        Task room;
        int added = 0;
        while (pages.TryAdd(Packed("a", [1]), lead, out room))
        {
            added++;
        }

        ((added - 1) * lead.Bytes).ShouldBeLessThan(ScoreLogPages.MostShadowed);
        (added * lead.Bytes).ShouldBeGreaterThanOrEqualTo(ScoreLogPages.MostShadowed);
        (pages.IsHeavy, pages.Full, room.IsCompleted).ShouldBe((true, 0, false));
        pages.TryAdd(Packed("b", [1]), null, out _).ShouldBeTrue("one without needs none of it");

        pages.ClearShadowed(pages.Take()!);

        (pages.IsHeavy, room.IsCompleted).ShouldBe((false, true));
        pages.TryAdd(Packed("a", [1]), lead, out _).ShouldBeTrue();
    }

    [Fact]
    public void Answer_LargerThanAPage_IsKeptAllTheSame()
    {
        var pages = new ScoreLogPages();
        byte[] answer = new byte[ScorePage.Bytes + 1];
        answer[^1] = 7;
        pages.TryAdd(Packed("a", [1]), null, out _).ShouldBeTrue();
        pages.TryAdd(Packed("b", answer), null, out _).ShouldBeTrue();
        Rows(pages.Take()!)[0].AnswerUtf8.ToArray().ShouldBe([1]);
        Rows(pages.Take()!)[0].AnswerUtf8.ToArray().ShouldBe(answer);
        pages.Take().ShouldBeNull();
    }

    private static ReadOnlySpan<byte> Packed(string lead, byte[] answer) => ScorePage.Pack(GivenScores.Row(lead) with { AnswerUtf8 = answer });

    private static List<LoggedScore> Rows(ScoreLogPage page)
    {
        List<LoggedScore> rows = [];
        page.Scores.Unpack(rows);
        return rows;
    }
}
