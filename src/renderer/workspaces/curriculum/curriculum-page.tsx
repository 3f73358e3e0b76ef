export const CurriculumPage = () => <p>Curriculum</p>;
