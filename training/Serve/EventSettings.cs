using LeadPredict.Api.Events;
using LeadPredict.Api.Security;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Serve;

/// <summary>Reads where events go from options and the environment.</summary>
internal static class EventSettings
{
    /// <summary>The environment variable with the secret of signatures; several, while one replaces another, stand apart by blanks.</summary>
    public const string SecretVariable = "LEADPREDICT_EVENTS_SECRET";

    /// <summary>The environment variable with the bearer token of the receiver.</summary>
    public const string TokenVariable = "LEADPREDICT_EVENTS_TOKEN";

    /// <summary>Where events go, or null when no address is given.</summary>
    /// <exception cref="RefusalException">The address or the secret is none.</exception>
    public static EventOptions? Read(string? url, string format, string thresholds)
    {
        if (url is null)
        {
            return null;
        }

        return new()
        {
            Url = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) ? address : throw new RefusalException($"--events-url '{url}': expected an https address"),
            Secrets = [.. SigningSecrets.Read(SecretVariable).Select(secret => WebhookSecret.TryRead(secret)!)],
            Token = EnvironmentText.Read(TokenVariable),
            Format = format switch { "hubspot" => EventFormat.HubSpot, "dynamics" => EventFormat.Dynamics, _ => EventFormat.LeadPredict },
            Thresholds = [.. SharedOptions.Names([thresholds]).Select(word => int.TryParse(word, out int threshold) && threshold is >= 1 and <= 100
                ? threshold
                : throw new RefusalException($"--events-thresholds '{word}': expected scores from 1 to 100, separated by commas"))],
        };
    }
}
