using LeadPredict.Artifacts.Repository;

namespace LeadPredict.Artifacts.Tests;

public sealed class ModelRepositoryAliases : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRepository _repository;

    public ModelRepositoryAliases() => _repository = new(_folder["models"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Promote_ThenRollback_ReturnsToTheChampionBefore()
    {
        await PublishAsync(3);
        await _repository.PromoteAsync("small", 1);
        await _repository.PromoteAsync("small", 3, ModelAlias.Challenger);
        await _repository.PromoteAsync("small", 2);
        ModelAliases now = await _repository.PromoteAsync("small", 3);

        now.Champion.ShouldBe(3);
        now.Challenger.ShouldBeNull("a challenger that won is no challenger any more");
        now.PreviousChampions.ShouldBe([1, 2]);
        (await _repository.RollbackAsync("small")).Champion.ShouldBe(2);
        (await _repository.RollbackAsync("small")).Champion.ShouldBe(1);
        (await Should.ThrowAsync<ModelReferenceException>(() => _repository.RollbackAsync("small"))).Message.ShouldContain("no earlier champion");
        _repository.Aliases("small").Champion.ShouldBe(1);
    }

    [Fact]
    public async Task Rollback_ToTheChallenger_LeavesItNoChallengerOfItself()
    {
        await PublishAsync(3);
        await _repository.PromoteAsync("small", 1);
        await _repository.PromoteAsync("small", 2);
        await _repository.PromoteAsync("small", 1, ModelAlias.Challenger);
        ModelAliases back = await _repository.RollbackAsync("small");
        (back.Champion, back.Challenger).ShouldBe((1, null));
        await _repository.PromoteAsync("small", 2);
        await _repository.PromoteAsync("small", 3, ModelAlias.Challenger);
        back = await _repository.RollbackAsync("small");
        (back.Champion, back.Challenger).ShouldBe((1, 3));
        back = await _repository.DismissChallengerAsync("small");
        (back.Champion, back.Challenger).ShouldBe((1, null));
        (await Should.ThrowAsync<ModelReferenceException>(() => _repository.DismissChallengerAsync("small"))).Message.ShouldContain("no challenger");
        (await Should.ThrowAsync<ModelReferenceException>(async () => await _repository.DismissChallengerAsync("none"))).Message.ShouldContain("none");
    }

    /// <summary>Whoever answers for a number that was promoted was promoted.</summary>
    [Fact]
    public async Task Publish_AfterAPromotedVersionWasLost_TakesAnotherNumber()
    {
        await PublishAsync(3);
        await _repository.PromoteAsync("small", 3);
        await _repository.PromoteAsync("small", 1);
        Directory.Delete(_folder["models", "small", "3"], recursive: true);
        (await _repository.PublishAsync(SmallModels.Draft())).ShouldBe(4);
    }

    [Fact]
    public async Task Promote_OfTheChampion_ChangesNothing()
    {
        await PublishAsync(1);
        await _repository.PromoteAsync("small", 1);
        (await _repository.PromoteAsync("small", 1)).PreviousChampions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Promote_OfTheChampionToChallenger_IsRefused()
    {
        await PublishAsync(1);
        await _repository.PromoteAsync("small", 1);
        (await Should.ThrowAsync<ModelReferenceException>(() => _repository.PromoteAsync("small", 1, ModelAlias.Challenger))).Message.ShouldContain("small@1 is the champion");
        _repository.Aliases("small").Challenger.ShouldBeNull();
    }

    [Fact]
    public async Task Promote_OfADamagedVersion_IsRefused()
    {
        await PublishAsync(2);
        await _repository.PromoteAsync("small", 1);
        File.AppendAllText(_folder["models", "small", "2", "model.json"], " ");
        await Should.ThrowAsync<ModelFormatException>(() => _repository.PromoteAsync("small", 2));
        _repository.Aliases("small").Champion.ShouldBe(1);
    }

    /// <summary>As repositories were left in which a name was free for either kind.</summary>
    [Fact]
    public async Task Promote_OfATablesModelBesideAChampionOfLeads_IsRefused()
    {
        await PublishAsync(1);
        await _repository.PromoteAsync("small", 1);
        var other = new ModelRepository(_folder["others"]);
        await other.PublishAsync(SmallTable.Draft("small"));
        Directory.Move(_folder["others", "small", "1"], _folder["models", "small", "2"]);

        foreach (ModelAlias alias in Enum.GetValues<ModelAlias>())
        {
            (await Should.ThrowAsync<ModelReferenceException>(() => _repository.PromoteAsync("small", 2, alias))).Message.ShouldContain("publish it under another name");
        }

        _repository.Aliases("small").Champion.ShouldBe(1);
    }

    [Fact]
    public async Task Promote_FromManyAtOnce_LosesNone()
    {
        await PublishAsync(8);
        await Task.WhenAll(Enumerable.Range(1, 8).Select(version => Task.Run(() => new ModelRepository(_folder["models"]).PromoteAsync("small", version))));
        ModelAliases aliases = _repository.Aliases("small");
        aliases.PreviousChampions.Add(aliases.Champion!.Value).Order().ShouldBe(Enumerable.Range(1, 8));
    }

    [Fact]
    public async Task References_Resolve_ToVersionAliasOrNewest()
    {
        await PublishAsync(3);
        _repository.Resolve(ModelReference.Parse("small")).ShouldBe(3, "the newest, before any promotion");
        await _repository.PromoteAsync("small", 1);
        await _repository.PromoteAsync("small", 2, ModelAlias.Challenger);
        _repository.Resolve(ModelReference.Parse("small")).ShouldBe(1);
        _repository.Resolve(ModelReference.Parse("small@champion")).ShouldBe(1);
        _repository.Resolve(ModelReference.Parse("small@challenger")).ShouldBe(2);
        _repository.Resolve(ModelReference.Parse("small@3")).ShouldBe(3);
        foreach (string wrong in new[] { "small@", "small@0", "small@-1", "small@+1", "small@best", "@1", "small@1@2", "small@99999999999" })
        {
            Should.Throw<ModelReferenceException>(() => ModelReference.Parse(wrong), wrong);
        }
    }

    [Fact]
    public async Task AliasesFile_Damaged_IsRefusedByName()
    {
        await PublishAsync(1);
        await _repository.PromoteAsync("small", 1);
        string path = _folder["models", "small", "aliases.json"];
        string text = File.ReadAllText(path);
        foreach (string wrong in new[]
        {
            "", "{", "[]", text.Replace("\"formatVersion\": 1", "\"formatVersion\": 2", StringComparison.Ordinal),
            text.Replace("\"champion\": 1", "\"champion\": 0", StringComparison.Ordinal),
            text.Replace("champion", "champignon", StringComparison.Ordinal), text + text,
        })
        {
            File.WriteAllText(path, wrong);
            ModelFormatException fault = Should.Throw<ModelFormatException>(() => _repository.Aliases("small"), wrong);
            fault.File.ShouldBe(path);
            fault.Message.ShouldEndWith("Remove the file, and promote the version that is to answer.");
            await Should.ThrowAsync<ModelFormatException>(() => PublishAsync(1));
        }

        _repository.Versions("small").ShouldBe([1], "what could not be promoted is not published");
        File.Delete(path);
        (await _repository.PromoteAsync("small", 1)).Champion.ShouldBe(1);
    }

    [Fact]
    public async Task List_OfAnAliasWithoutItsVersion_TellsOfIt()
    {
        await PublishAsync(3);
        await _repository.PromoteAsync("small", 2);
        await _repository.PromoteAsync("small", 3, ModelAlias.Challenger);
        Directory.Delete(_folder["models", "small", "2"], recursive: true);

        IReadOnlyList<ModelVersionSummary> list = _repository.List();

        list.Select(version => (version.Version, version.IsChampion, version.Fault is null)).ShouldBe([(1, false, true), (3, false, true), (2, true, false)]);
        list[^1].Fault.ShouldBe("small: an alias names version 2, which is not there; copy it back, or promote another");
    }

    private async Task PublishAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await _repository.PublishAsync(SmallModels.Draft(intercept: -i));
        }
    }
}
