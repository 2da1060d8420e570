using LeadPredict.Artifacts.Format;

namespace LeadPredict.Artifacts.Tests;

public sealed class ModelRepositoryDamage : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ModelRepository _repository = null!;

    public async Task InitializeAsync()
    {
        _repository = new(_folder["models"]);
        await _repository.PublishAsync(SmallModels.Draft(scorecard: "version: 1"));
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(ArtifactFiles.Manifest)]
    [InlineData(ArtifactFiles.Model)]
    [InlineData(ArtifactFiles.Schema)]
    [InlineData(ArtifactFiles.Metrics)]
    [InlineData(ArtifactFiles.Card)]
    [InlineData(ArtifactFiles.Comparison)]
    [InlineData(ArtifactFiles.Scorecard)]
    public void EveryByte_Flipped_IsRefusedByName(string file)
    {
        // In memory, as reading tens of thousands of versions from a disk would take minutes.
        SortedDictionary<string, byte[]> files = ArtifactCodec.Write(SmallModels.Draft(scorecard: "version: 1"));
        byte[] good = files[file];
        for (int at = 0; at < good.Length; at++)
        {
            // All bits of the manifest, which no other file vouches for; one bit a byte of the files that it vouches for.
            foreach (int bit in file == ArtifactFiles.Manifest ? Enumerable.Range(0, 8) : [at % 8])
            {
                byte[] bad = [.. good];
                bad[at] ^= (byte)(1 << bit);
                files[file] = bad;
                string? refused = Refusal(files);
                if (refused is null || (file != ArtifactFiles.Manifest && refused != file))
                {
                    refused.ShouldBe(file, $"byte {at} of {file} with bit {bit} flipped");
                }
            }
        }

        files[file] = good;
        Refusal(files).ShouldBeNull();
    }

    [Theory]
    [InlineData(ArtifactFiles.Manifest)]
    [InlineData(ArtifactFiles.Model)]
    [InlineData(ArtifactFiles.Comparison)]
    public void Damage_OnDisk_IsRefusedByName(string file)
    {
        byte[] good = File.ReadAllBytes(FileOf(file));
        byte[] flipped = [.. good];
        flipped[good.Length / 2] ^= 1;
        foreach (byte[] bad in new[] { flipped, good[..^1], good[..(good.Length / 2)], [] })
        {
            File.WriteAllBytes(FileOf(file), bad);
            Should.Throw<ModelFormatException>(() => _repository.Load("small", 1)).Message.ShouldContain(_folder["models", "small", "1"]);
        }
    }

    [Theory]
    [InlineData(ArtifactFiles.Manifest)]
    [InlineData(ArtifactFiles.Model)]
    [InlineData(ArtifactFiles.Schema)]
    [InlineData(ArtifactFiles.Metrics)]
    [InlineData(ArtifactFiles.Card)]
    [InlineData(ArtifactFiles.Comparison)]
    [InlineData(ArtifactFiles.Scorecard)]
    public void EveryTruncation_IsRefusedByName(string file)
    {
        SortedDictionary<string, byte[]> files = ArtifactCodec.Write(SmallModels.Draft(scorecard: "version: 1"));
        byte[] good = files[file];
        for (int length = 0; length < good.Length; length++)
        {
            files[file] = good[..length];
            if (Refusal(files) != file)
            {
                Refusal(files).ShouldBe(file, $"the first {length} of {good.Length} bytes of {file}");
            }
        }
    }

    [Fact]
    public void AnyFile_MissingOrLonger_IsRefusedByName()
    {
        foreach (string file in ArtifactFiles.All.Append(ArtifactFiles.Manifest))
        {
            byte[] good = File.ReadAllBytes(FileOf(file));
            File.WriteAllBytes(FileOf(file), [.. good, (byte)'\n']);
            Should.Throw<ModelFormatException>(() => _repository.Load("small", 1)).File.ShouldBe(FileOf(file));
            File.Delete(FileOf(file));
            ModelFormatException missing = Should.Throw<ModelFormatException>(() => _repository.Load("small", 1));
            missing.File.ShouldBe(FileOf(file));
            missing.Found.ShouldBe("no such file");
            File.WriteAllBytes(FileOf(file), good);
        }

        _repository.Load("small", 1).Version.ShouldBe(1);
    }

    [Fact]
    public void OtherFormatVersion_IsToldAsSuch()
    {
        string path = FileOf(ArtifactFiles.Manifest);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"formatVersion\": 1", "\"formatVersion\": 2", StringComparison.Ordinal));
        ModelFormatException fault = Should.Throw<ModelFormatException>(() => _repository.Load("small", 1));
        fault.Place.ShouldBe("/formatVersion");
        fault.Found.ShouldBe("format version 2");
    }

    [Fact]
    public void OtherFingerprint_IsRefused()
    {
        string path = FileOf(ArtifactFiles.Manifest);
        string fingerprint = SmallModels.Schema.Fingerprint;
        File.WriteAllText(path, File.ReadAllText(path).Replace($"Fingerprint\": \"{fingerprint}", $"Fingerprint\": \"{new string('0', 64)}", StringComparison.Ordinal));
        ModelFormatException fault = Should.Throw<ModelFormatException>(() => _repository.Load("small", 1));
        fault.Place.ShouldBe("/schemaFingerprint");
        fault.Expected.ShouldContain(fingerprint);
    }

    [Fact]
    public void Files_ThatNoManifestNames_AreNotLookedAt()
    {
        File.WriteAllText(FileOf(".DS_Store"), "anything");
        _repository.Load("small", 1).Version.ShouldBe(1);
    }

    [Fact]
    public void List_WithADamagedManifest_TellsItInItsLine()
    {
        File.WriteAllText(FileOf(ArtifactFiles.Manifest), "{}");
        var line = _repository.List().ShouldHaveSingleItem();
        line.Fault.ShouldNotBeNull().ShouldContain(FileOf(ArtifactFiles.Manifest));
        line.Hash.ShouldBeNull();
    }

    /// <summary>The file that is refused, or null when none is.</summary>
    private static string? Refusal(SortedDictionary<string, byte[]> files)
    {
        try
        {
            ArtifactCodec.Read("small", 1, file => file, (file, _) => files[file]);
            return null;
        }
        catch (ModelFormatException fault)
        {
            return fault.File;
        }
    }

    private string FileOf(string file) => _folder["models", "small", "1", file];
}
