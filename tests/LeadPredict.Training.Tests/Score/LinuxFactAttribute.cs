namespace LeadPredict.Training.Tests.Score;

/// <summary>Needs the pipes with names of Linux.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "pipes are looked for on Linux alone";
}
