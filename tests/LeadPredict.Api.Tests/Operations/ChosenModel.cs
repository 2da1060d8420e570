using LeadPredict.Api.Handlers;
using LeadPredict.Artifacts;
using LeadPredict.Artifacts.Tests;
using Microsoft.Extensions.Logging;

namespace LeadPredict.Api.Tests.Operations;

/// <summary>Which of several models answers where nobody says which.</summary>
public sealed class ChosenModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LogLines _log = new();

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("small", false)]
    public async Task Start_WithTwoModels_SaysThatOthersMayChooseAnother(string? named, bool told)
    {
        ModelRepository repository = new(_folder["models"]);
        await PromoteAsync("small");
        using (ServedModels alone = Start(null))
        {
            _log.Lines.ShouldNotContain(line => line.Contains("have a champion"));
            await PromoteAsync("another");
            alone.Default().ShouldBe("small", "once chosen it stays");
        }

        using ServedModels models = Start(named);
        models.Default().ShouldBe(named ?? "another");
        _log.Lines.Count(line => line.Contains("2 models have a champion (another, small): another answers")).ShouldBe(told ? 1 : 0);

        async Task PromoteAsync(string name) => await repository.PromoteAsync(name, await repository.PublishAsync(SmallModels.Draft() with { Name = name }));
    }

    [Fact]
    public async Task Ahead_ReadsWhatThenAnswersByDefault()
    {
        ModelRepository repository = new(_folder["models"]);
        ServedModels.Ahead(Options(null)).ShouldBeNull();
        foreach (string name in new[] { "small", "another" })
        {
            await repository.PromoteAsync(name, await repository.PublishAsync(SmallModels.Draft() with { Name = name }));
        }

        ServedModels.Ahead(Options("small"))!.Model.ToString().ShouldBe("small@1");
        var ahead = ServedModels.Ahead(Options(null))!;
        ahead.Model.ToString().ShouldBe("another@1");
        using var loggers = new LoggerFactory([_log]);
        using var models = new ServedModels(Options(null), new Logger<ServedModels>(loggers));
        models.Start(ahead);
        using (var lease = models.Rent(null))
        {
            lease.Model.ShouldBeSameAs(ahead.Model);
        }

        File.WriteAllText(_folder["models/another/1/model.json"], "{}");
        ServedModels.Ahead(Options(null)).ShouldBeNull();
        using ServedModels damaged = Start(null);
        _log.Lines.ShouldContain(line => line.Contains("Refused another@1"));
    }

    private LeadPredictApiOptions Options(string? model) => new() { Models = _folder["models"], Model = model, Time = ApiHost.Clock };

    private ServedModels Start(string? model)
    {
        using var loggers = new LoggerFactory([_log]);
        var models = new ServedModels(Options(model), new Logger<ServedModels>(loggers));
        models.Start(ServedModels.Ahead(Options(model)));
        return models;
    }
}
