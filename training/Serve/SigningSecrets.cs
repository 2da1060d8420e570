using LeadPredict.Api.Security;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.Serve;

/// <summary>Secrets of signatures in a variable of the environment: several, while one replaces another, stand apart by blanks.</summary>
internal static class SigningSecrets
{
    /// <exception cref="RefusalException">One is mistyped; it is not told.</exception>
    public static string[] Read(string variable)
    {
        string[] secrets = EnvironmentText.Words(variable);
        return Array.TrueForAll(secrets, secret => WebhookSecret.TryRead(secret) is not null)
            ? secrets
            : throw new RefusalException($"${variable} has a secret that begins with whsec_ and goes on with something other than Base64; copy it anew");
    }
}
