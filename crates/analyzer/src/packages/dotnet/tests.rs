//! What .NET leaves on a machine, by how it publishes.

use expect_test::expect;

use crate::packages::trial::TrialMachine;

#[test]
fn what_publish_makes_depends_on_the_runtime() {
    let mut machine = TrialMachine::default();
    let publish = "dotnet publish Api/Api.csproj -c Release -o /out --no-restore";
    expect![[r#"
        put Api/bin/Release: 8.00 MB (4.00 MB to 16.0 MB), Build, assumed. Assemblies and the packages they need, of a typical service, assumed.
        put Api/obj/Release: 1.00 MB (500 kB to 2.00 MB), Build, assumed. Assemblies before they are put together, assumed.
        put /out: 8.00 MB (4.00 MB to 16.0 MB), Build, assumed. A published service, without the runtime, which the image has to bring; a typical one on ASP.NET Core is assumed."#]].assert_eq(&machine.run(publish));
    machine.held.extend(["Api/obj/build".into(), "Api/bin/Release".into()]);
    let mut with = |flags: &str| machine.run(&format!("{publish} {flags}"));
    expect![[r#"
        put Api/obj/Release: 1.00 MB (500 kB to 2.00 MB), Build, assumed. Assemblies before they are put together, assumed.
        put /out: 8.00 MB (4.00 MB to 16.0 MB), Build, assumed. A published service, without the runtime, which the image has to bring; a typical one on ASP.NET Core is assumed."#]].assert_eq(&with("--self-contained false"));
    expect![[r#"
        put Api/obj/Release: 1.00 MB (500 kB to 2.00 MB), Build, assumed. Assemblies before they are put together, assumed.
        put /out: 108 MB (80.0 MB to 140 MB), Build, assumed. A published service, with the whole runtime (self-contained); a typical one on ASP.NET Core is assumed."#]]
            .assert_eq(&with("-r linux-x64 --self-contained true /p:PublishSingleFile=true"));
    expect![[r#"
        put Api/obj/Release: 1.00 MB (500 kB to 2.00 MB), Build, assumed. Assemblies before they are put together, assumed.
        put /out: 40.0 MB (22.0 MB to 75.0 MB), Build, assumed. A published service, with the runtime, trimmed; a typical one on ASP.NET Core is assumed."#]].assert_eq(&with("-p:PublishTrimmed=true"));
    expect![[r#"
        put Api/obj/Release: 1.00 MB (500 kB to 2.00 MB), Build, assumed. Assemblies before they are put together, assumed.
        put /out: 14.0 MB (8.00 MB to 30.0 MB), Build, assumed. A published service, one program by Native AOT; a typical one on ASP.NET Core is assumed."#]].assert_eq(&with("-p:PublishAot=true"));
}

#[test]
fn packages_are_restored_once() {
    let mut machine = TrialMachine::default();
    expect![[r#"
            put /root/.nuget/packages: 110 MB (60.0 MB to 200 MB), Dependencies, assumed. NuGet packages, packed and unpacked; those of a service with Entity Framework and Swagger are assumed.
            put /root/.nuget/packages/microsoft.aspnetcore.app.runtime: 140 MB (110 MB to 180 MB), Dependencies, assumed. The runtime to bring along, as packages; the size is assumed.
            put obj: 300 kB (150 kB to 600 kB), Build, assumed. NuGet's list of what the project needs, assumed."#]].assert_eq(&machine.run("dotnet restore -r linux-musl-x64"));
    machine.held.extend(["/root/.nuget/packages".into(), "obj".into()]);
    expect![[r#"
        put bin/Debug: 8.00 MB (4.00 MB to 16.0 MB), Build, assumed. Assemblies and the packages they need, of a typical service, assumed.
        put obj/Debug: 1.00 MB (500 kB to 2.00 MB), Build, assumed. Assemblies before they are put together, assumed."#]].assert_eq(&machine.run("dotnet build"));
    expect!["put /root/.dotnet/tools: 15.0 MB (8.00 MB to 30.0 MB), Dependencies, assumed. The tool dotnet-ef, of which 15 MB are assumed."].assert_eq(&machine.run("dotnet tool install -g dotnet-ef"));
    expect!["remove /root/.nuget/packages"]
        .assert_eq(&machine.run("dotnet nuget locals all --clear"));
}
