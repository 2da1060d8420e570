using System.Globalization;

namespace LeadPredict.Artifacts.Repository;

/// <summary>The folders of a model's versions: whole numbers from 1.</summary>
internal static class VersionFolders
{
    /// <summary>The versions in rising order; none where the folder is not there.</summary>
    public static List<int> In(string folder)
    {
        var versions = new List<int>();
        if (Directory.Exists(folder))
        {
            foreach (string path in Directory.EnumerateDirectories(folder))
            {
                string file = Path.GetFileName(path);
                if (int.TryParse(file, NumberStyles.None, CultureInfo.InvariantCulture, out int version)
                    && version >= 1 && version.ToString(CultureInfo.InvariantCulture) == file)
                {
                    versions.Add(version);
                }
            }
        }

        versions.Sort();
        return versions;
    }

    /// <summary>Gives a staged folder the next number. One that is there and not empty cannot be renamed over, so of two publishers one gets the number after.</summary>
    /// <param name="staged">The folder as it was written aside.</param>
    /// <param name="folder">The model's folder.</param>
    /// <param name="named">The largest number that an alias names: its folder may be lost, and who comes after it must not answer for it.</param>
    /// <returns>The version.</returns>
    public static int Add(string staged, string folder, int named)
    {
        int version = Math.Max(named, In(folder) is [.., var last] ? last : 0) + 1;
        while (true)
        {
            string target = Path.Combine(folder, version.ToString(CultureInfo.InvariantCulture));
            try
            {
                Directory.Move(staged, target);
                return version;
            }
            catch (IOException) when (Directory.Exists(target))
            {
                version++;
            }
        }
    }
}
