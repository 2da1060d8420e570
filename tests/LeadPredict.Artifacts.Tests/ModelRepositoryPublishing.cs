using LeadPredict.Artifacts.Repository;

namespace LeadPredict.Artifacts.Tests;

public sealed class ModelRepositoryPublishing : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelRepository _repository;

    public ModelRepositoryPublishing() => _repository = new(_folder["models"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_ThenLoad_GivesTheSameModel()
    {
        ArtifactDraft draft = SmallModels.Draft(scorecard: "version: 1");
        int version = await _repository.PublishAsync(draft);
        ModelArtifact loaded = _repository.Load("small", version);

        version.ShouldBe(1);
        loaded.ToString().ShouldBe("small@1");
        loaded.Schema.Fingerprint.ShouldBe(draft.Schema.Fingerprint);
        loaded.Funnel.ShouldBe(draft.Funnel);
        loaded.MetricsJson.ShouldBe(draft.MetricsJson);
        loaded.ComparisonJson.ShouldBe(draft.ComparisonJson);
        loaded.Card.ShouldBe(draft.Card);
        loaded.ScorecardYaml.ShouldBe("version: 1");
        loaded.CloseRecalibration.ShouldBe(draft.CloseRecalibration);
        loaded.ScoreQuantiles.ShouldBe(draft.ScoreQuantiles);
        foreach (float[] row in new float[][] { [0, 50, 0], [1, 100.5f, 2], [2, 5000, 9], [float.NaN, float.NaN, float.NaN] })
        {
            loaded.Sql!.RawScore(row).ShouldBe(draft.Sql!.RawScore(row));
            double raw = loaded.CloseGivenSql!.RawScore(row);
            raw.ShouldBe(draft.CloseGivenSql!.RawScore(row));
            loaded.CloseGivenSql.Probability(raw).ShouldBe(draft.CloseGivenSql.Probability(raw));
            loaded.CloseGivenSql.Interval(row, raw, 0.3).ShouldBe(draft.CloseGivenSql.Interval(row, raw, 0.3));
        }
    }

    [Fact]
    public async Task Publish_Twice_GivesTheSameBytesAndAnotherVersion()
    {
        await _repository.PublishAsync(SmallModels.Draft());
        int second = await _repository.PublishAsync(SmallModels.Draft());

        second.ShouldBe(2);
        foreach (string file in Directory.EnumerateFiles(_folder["models", "small", "1"]).Select(path => Path.GetFileName(path)!))
        {
            File.ReadAllBytes(_folder["models", "small", "1", file]).ShouldBe(File.ReadAllBytes(_folder["models", "small", "2", file]), file);
        }

        _repository.Load("small", 1).Hash.ShouldBe(_repository.Load("small", 2).Hash);
    }

    [Fact]
    public async Task Publish_FromManyAtOnce_GivesEachItsOwnVersion()
    {
        int[] versions = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(
            () => new ModelRepository(_folder["models"]).PublishAsync(SmallModels.Draft(intercept: -i)))));

        versions.Order().ShouldBe(Enumerable.Range(1, 12));
        foreach ((int version, int i) in versions.Select((version, i) => (version, i)))
        {
            _repository.Load("small", version).Sql!.Intercept.ShouldBe(-i);
        }
    }

    [Fact]
    public async Task Publish_AfterACrash_IgnoresAndRemovesWhatItLeft()
    {
        Directory.CreateDirectory(_folder["models", ".staging-crashed"]);
        File.WriteAllText(_folder["models", ".staging-crashed", "model.json"], "{ half");
        File.WriteAllText(_folder["models", ".staging-crashed.lock"], "");

        _repository.List().ShouldBeEmpty();
        (await _repository.PublishAsync(SmallModels.Draft())).ShouldBe(1);
        Directory.EnumerateFileSystemEntries(_folder["models"]).Select(Path.GetFileName).ShouldBe(["small"]);
    }

    [Fact]
    public async Task Publish_WhileAnotherStages_LeavesItsFolderAlone()
    {
        Directory.CreateDirectory(_folder["models", ".staging-busy"]);

        using var atWork = new FileStream(_folder["models", ".staging-busy.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await _repository.PublishAsync(SmallModels.Draft());
        Directory.Exists(_folder["models", ".staging-busy"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Publish_ThatDoesNotFitTogether_WritesNothing()
    {
        ArtifactDraft draft = SmallModels.Draft() with { CloseGivenSql = null };
        ModelFormatException fault = await Should.ThrowAsync<ModelFormatException>(() => _repository.PublishAsync(draft));
        fault.Expected.ShouldContain("one model for each link");
        Directory.Exists(_folder["models"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Publish_Cancelled_LeavesNothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            () => _repository.PublishAsync(SmallModels.Draft(), new CancellationToken(canceled: true)));
        _repository.List().ShouldBeEmpty();
        Directory.EnumerateDirectories(_folder["models"], ".staging*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Publish_UnderANameOfAnotherKind_IsRefused()
    {
        await _repository.PublishAsync(SmallModels.Draft());

        (await Should.ThrowAsync<ModelReferenceException>(() => _repository.PublishAsync(SmallTable.Draft("small")))).Message.ShouldContain("'small'");

        _repository.Versions("small").ShouldBe([1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("Upper")]
    [InlineData("-dash")]
    [InlineData(".hidden")]
    [InlineData("ends.")]
    [InlineData("nul\0")]
    [InlineData("ünï")]
    public async Task Names_ThatAreNoPlainFolderNames_AreRefused(string name)
    {
        await Should.ThrowAsync<ModelReferenceException>(() => _repository.PublishAsync(SmallModels.Draft(name)));
        Should.Throw<ModelReferenceException>(() => _repository.Load(name, 1));
        Should.Throw<ModelReferenceException>(() => _repository.Aliases(name));
        Should.Throw<ModelReferenceException>(() => _repository.Versions(name));
    }

    [Fact]
    public async Task Load_OfWhatIsNotThere_SaysWhatIs()
    {
        await _repository.PublishAsync(SmallModels.Draft());
        Should.Throw<ModelReferenceException>(() => _repository.Load("small", 7)).Message.ShouldContain("has version(s) 1");
        Should.Throw<ModelReferenceException>(() => _repository.Load(ModelReference.Parse("other"))).Message.ShouldContain("holds small");
        Should.Throw<ModelReferenceException>(() => _repository.Load(ModelReference.Parse("small@champion"))).Message.ShouldContain("promote one");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public async Task Publish_OfEveryKindOfFunnel_LoadsAgain(int links)
    {
        foreach (ArtifactDraft draft in links == 2 ? [SmallModels.Draft()] : new[] { SmallModels.Draft(funnel: SmallModels.QualifyOnly), SmallModels.Draft(funnel: SmallModels.CloseOnly) })
        {
            int version = await _repository.PublishAsync(draft);
            _repository.Load("small", version).Funnel.ShouldBe(draft.Funnel);
        }
    }
}
