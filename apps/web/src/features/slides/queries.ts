import { graphql } from "@/gql";

export const SlidesQuery = graphql(`
  query Slides($id: UUID!) {
    dataset(id: $id) {
      id name itemCount
      labelVersions { id number schema { id task } }
      slideJobs { ...SlideJobFields }
    }
    weights { id name family }
  }
`);

export const SlideJobFields = graphql(`
  fragment SlideJobFields on SlideJob {
    id kind state total done tiles seconds error createdAt
    rule { size micronsPerPixel overlap leastTissue leastSharpness assumedMicronsPerPixel }
    encoder { id name }
    bagDataset { id name }
  }
`);

export const SlideResultsQuery = graphql(`
  query SlideResults($id: UUID!, $first: Int!, $after: String) {
    slideJob(id: $id) {
      id
      results(first: $first, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        edges {
          node {
            tiles seconds error fileUrl tissueUrl
            facts { places droppedTissue droppedBlurred tissueShare penShare threshold }
            slide { id name width height thumbnailUrl slide { format magnification micronsX scaleOfTable levels { width } } }
          }
        }
      }
    }
  }
`);

export const SlideQuery = graphql(`
  query Slide($id: UUID!) {
    item(id: $id) {
      id kind name width height thumbnailUrl
      dataset { id name }
      slide { format magnification micronsX scaleOfTable levels { width } }
      slideResults { tiles fileUrl tissueUrl job { id kind rule { size micronsPerPixel overlap leastTissue leastSharpness assumedMicronsPerPixel } } }
      tileMaps { id createdAt request runs { id name arm seed } }
      slideRuns { run { id name arm seed } bag { id } }
    }
  }
`);

export const CutTiles = graphql(`
  mutation CutTiles($input: CutTilesInput!) { cutTiles(input: $input) { ...SlideJobFields } }
`);

export const MakeFeatures = graphql(`
  mutation MakeFeatures($input: MakeFeaturesInput!) { makeFeatures(input: $input) { ...SlideJobFields } }
`);

export const CancelSlideJob = graphql(`
  mutation CancelSlideJob($id: UUID!) { cancelSlideJob(id: $id) { ...SlideJobFields } }
`);
