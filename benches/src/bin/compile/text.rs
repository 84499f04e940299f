//! How much machine code a compiled library holds. In: an `.rlib`. Out: bytes, of the library alone: what it instantiated from others
//! counts, what others hold does not.

use object::read::archive::ArchiveFile;
use object::{File, Object as _, ObjectSection as _, SectionKind};
use std::error::Error;
use std::fs;
use std::path::Path;

pub(crate) fn size(library: &Path) -> Result<u64, Box<dyn Error>> {
    let data = fs::read(library)?;
    let mut sum = 0;
    for member in ArchiveFile::parse(&*data)?.members() {
        let member = member?;
        if member.name().ends_with(b".o") {
            let object = File::parse(member.data(&*data)?)?;
            sum += object.sections().filter(|section| section.kind() == SectionKind::Text).map(|section| section.size()).sum::<u64>();
        }
    }
    Ok(sum)
}
