//! .NET: C#, F# and Visual Basic projects.

use super::sizes::{APPLICATION, OUTPUT, SETTINGS, SOURCES};
use super::{IgnoreGroup, ProjectKind, Signs, common, file, ignore, junk};

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "dotnet",
    title: ".NET",
    families: &["dotnet"],
    signs: &[Signs {
        images: &[(6, "dotnet/")],
        commands: &[(6, "dotnet"), (5, "nuget")],
        // A solution stands above its projects.
        files: &[
            (8, "*.csproj, *.fsproj, *.vbproj"),
            (5, "*.sln, *.slnx, Directory.Build.props, *.cs"),
        ],
        ignored: &[(2, "obj, .vs")],
        taken: &[],
    }],
    installers: &[("dotnet", "*.csproj")],
    main_file: "Program.cs",
    files: &[&[
        file("Program.cs", &SOURCES),
        file("appsettings.json", &SETTINGS),
        junk("bin/Debug/net9.0/app.dll", &APPLICATION),
        junk("obj/project.assets.json", &OUTPUT),
    ]],
    ignore: &[
        &[
            IgnoreGroup {
                comment: "Output: the build makes it again",
                lines: "**/bin, **/obj",
                made_by: "dotnet build, dotnet publish, dotnet restore",
                remade_by: "",
            },
            ignore("Settings of one machine and test results", "**/.vs, **/*.user, **/TestResults"),
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\n\
                 WORKDIR /src\n\
                 COPY *.csproj ./\n\
                 RUN dotnet restore\n\
                 COPY . .\n\
                 RUN dotnet publish -o /out\n\
                 FROM mcr.microsoft.com/dotnet/aspnet:10.0\n\
                 COPY --from=build /out /app\n",
};
